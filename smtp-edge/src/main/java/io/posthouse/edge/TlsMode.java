package io.posthouse.edge;

/// How TLS comes to a listener.
public enum TlsMode {
  OFF,
  /// On demand, where we have a certificate (RFC 3207).
  STARTTLS,
  /// From the first octet (RFC 8314).
  IMPLICIT
}
