package io.posthouse.delivery.routing;

/// What a host on the route speaks.
public enum Protocol {
  /// RFC 5321.
  SMTP(25),
  /// SMTP inside TLS from the first octet (RFC 8314 §3.3).
  SMTPS(465),
  /// RFC 2033: an answer for each recipient.
  LMTP(24);

  private final int port;

  Protocol(int port) {
    this.port = port;
  }

  /// Where it is spoken unless somebody says otherwise.
  public int port() {
    return port;
  }
}
