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
  ///
  /// @param smtpUtf8 whether the message is internationalised: `UTF8SMTPS` … (RFC 6531 §4.3)
  public String protocol(boolean smtpUtf8) {
    if (dialect == Dialect.SMTP && !smtpUtf8) return "SMTP";
    var name = smtpUtf8 ? utf8Name() : dialect.toString();
    return name + (link.secure() ? "S" : "") + (link.user().isPresent() ? "A" : "");
  }

  private String utf8Name() {
    return dialect == Dialect.LMTP ? "UTF8LMTP" : "UTF8SMTP";
  }

  public Optional<String> user() {
    return link.user();
  }

  Peer loggedIn(Account user) {
    return new Peer(link.loggedIn(user), helo, dialect);
  }

  Peer told(Forwarded of) {
    return new Peer(link.told(of), helo, dialect);
  }
}
