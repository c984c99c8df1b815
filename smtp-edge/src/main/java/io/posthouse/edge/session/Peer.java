package io.posthouse.edge.session;

import io.posthouse.directory.Account;
import java.util.Optional;

/// A client that has said its name.
///
/// @param helo as it was said
public record Peer(Link link, String helo, Dialect dialect) {
  /// What the client opened with: HELO, EHLO or LHLO.
  public enum Dialect {
    SMTP,
    ESMTP,
    LMTP
  }

  /// The `with` of a trace line (RFC 3848): `ESMTP`, `ESMTPSA`, `LMTPS` …
  public String protocol() {
    if (dialect == Dialect.SMTP) return "SMTP";
    return dialect + (link.secure() ? "S" : "") + (link.user().isPresent() ? "A" : "");
  }

  public Optional<String> user() {
    return link.user();
  }

  Peer loggedIn(Account user) {
    return new Peer(link.loggedIn(user), helo, dialect);
  }
}
