package io.posthouse.telemetry;

import java.util.Locale;

/// What was wrong with the TLS of a host, or with its policy: the result types of TLS reports (RFC
/// 8460 §4.3).
public enum TlsFailure {
  /// Not offered, or refused when we asked for it.
  STARTTLS_NOT_SUPPORTED,
  /// The certificate is for other names.
  CERTIFICATE_HOST_MISMATCH,
  /// The certificate, or one above it, is not valid any more, or not yet.
  CERTIFICATE_EXPIRED,
  /// No authority that we trust stands behind the certificate.
  CERTIFICATE_NOT_TRUSTED,
  /// Anything else, such as a handshake that came to nothing, or no TLSA record that the
  /// certificate matches.
  VALIDATION_FAILURE,
  /// No TLSA record of the host can be used.
  TLSA_INVALID,
  /// The signatures of its zone are wrong, or the records could not be had.
  DNSSEC_INVALID,
  /// We do it by DANE only, and the host has none.
  DANE_REQUIRED,
  STS_POLICY_FETCH_ERROR,
  STS_POLICY_INVALID,
  /// The certificate of the policy host is no good.
  STS_WEBPKI_INVALID;

  /// As in reports, events and metrics: `certificate-expired`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
