package io.posthouse.edge;

/// What a listener wants of a client's certificate.
public enum ClientCertificates {
  /// Not asked for.
  OFF,
  /// Asked for; one that we trust is named in events, any other is as good as none.
  REQUEST,
  /// No mail and no login without one that we trust.
  REQUIRE
}
