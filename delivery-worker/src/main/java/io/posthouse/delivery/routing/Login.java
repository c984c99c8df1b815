package io.posthouse.delivery.routing;

import io.posthouse.config.Secret;

/// How we log in to a host of the operator's (RFC 4954).
///
/// @param inTheClear whether the password may be said without TLS
public record Login(String user, Secret password, boolean inTheClear) {
  public Login {
    if (user.isEmpty() || password.text().isEmpty())
      throw new IllegalArgumentException("login: no user or no password (expected: both)");
  }
}
