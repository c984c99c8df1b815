package io.posthouse.edge.sasl;

import io.posthouse.directory.Account;
import io.posthouse.directory.ScramKeys;
import java.util.Optional;

/// What has become of a [Claim].
public sealed interface Answer {
  /// It is so.
  record Welcome(Account account) implements Answer {}

  /// To [Claim.ScramName] only.
  ///
  /// @param account empty where no proof will fit
  /// @param nonce ours, in printable ASCII without a comma; another one at each login
  record Keys(ScramKeys keys, Optional<Account> account, String nonce) implements Answer {}

  /// It is not so.
  record Wrong() implements Answer {}

  /// We could not find out, and nobody is to blame but us.
  ///
  /// @param incident what the client is told and our log has, so that one is found by the other
  record Unavailable(String incident) implements Answer {}

  /// Nobody has looked: too many wrong passwords came from there, or for that user.
  record Blocked() implements Answer {}
}
