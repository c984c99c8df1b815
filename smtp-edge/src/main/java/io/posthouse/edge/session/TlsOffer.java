package io.posthouse.edge.session;

/// What a listener has to do with TLS.
public enum TlsOffer {
  NONE,
  OFFERED,
  /// And nothing goes without it, and without a certificate of the client's that we trust.
  CERTIFICATE_NEEDED
}
