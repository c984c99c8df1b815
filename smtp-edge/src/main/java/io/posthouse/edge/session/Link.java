package io.posthouse.edge.session;

import io.posthouse.directory.Account;
import java.util.Optional;

/// What is known of a connection whatever is said on it.
///
/// @param secure whether TLS is on
/// @param account who logged in
public record Link(boolean secure, Optional<Account> account) {
  /// Nothing yet.
  public static final Link PLAIN = new Link(false, Optional.empty());

  /// What was said before TLS is forgotten (RFC 3207 §4.2).
  static final Link SECURE = new Link(true, Optional.empty());

  /// The name of who logged in.
  public Optional<String> user() {
    return account.map(Account::name);
  }

  Link loggedIn(Account user) {
    return new Link(secure, Optional.of(user));
  }
}
