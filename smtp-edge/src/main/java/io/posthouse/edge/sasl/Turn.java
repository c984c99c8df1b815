package io.posthouse.edge.sasl;

import io.posthouse.directory.Account;
import io.posthouse.message.Octets;

/// What a client's response leads to.
public sealed interface Turn {
  /// The client is to say more.
  record AskFor(Octets challenge, Exchange next) implements Turn {}

  /// Somebody of ours has to say whether this is so.
  record Check(Claim claim) implements Turn {}

  /// The client has heard the last of it, and is who it says.
  record Proved(Account account) implements Turn {}

  /// The client has heard why not.
  record Failed() implements Turn {}

  /// No response of this mechanism.
  record Unintelligible() implements Turn {}
}
