package io.posthouse.edge.session;

import java.util.Optional;

/// What is known of a connection whatever is said on it.
///
/// @param secure whether TLS is on
/// @param user who logged in
public record Link(boolean secure, Optional<String> user) {
  /// Nothing yet.
  public static final Link PLAIN = new Link(false, Optional.empty());

  /// What was said before TLS is forgotten (RFC 3207 §4.2).
  static final Link SECURE = new Link(true, Optional.empty());

  Link loggedIn(String userName) {
    return new Link(secure, Optional.of(userName));
  }
}
