package io.posthouse.delivery.routing;

/// How much TLS the operator wants with the hosts of a route.
public enum TlsLevel {
  /// What stands about everybody: the policies of the domain and of its hosts.
  POLICY,
  /// None.
  CLEAR,
  /// Where the host offers it.
  OPPORTUNISTIC,
  /// Always, whatever the certificate.
  ENCRYPTED,
  /// Always, with a certificate for the name of the host, or for names the operator knows.
  VERIFIED,
  /// Always, with a certificate that its TLSA records stand for (RFC 7672); to hosts without them
  /// nothing is sent.
  DANE_ONLY
}
