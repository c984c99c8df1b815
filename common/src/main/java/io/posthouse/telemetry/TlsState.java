package io.posthouse.telemetry;

/// How well a connection is protected.
public enum TlsState {
  /// Not at all.
  CLEAR,
  /// Against those who only listen: nobody looked whose certificate it is.
  ENCRYPTED,
  /// By a certificate of an authority that we trust, for the right name.
  VERIFIED,
  /// By a certificate that the zone of the host stands for (RFC 7672).
  DANE,
  /// Less than it must be, so nothing of any message was said.
  TOO_WEAK
}
