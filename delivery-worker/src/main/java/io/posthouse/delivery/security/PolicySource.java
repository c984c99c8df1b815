package io.posthouse.delivery.security;

import java.util.Locale;

/// Who says what a host must give us.
public enum PolicySource {
  /// Nobody: what we do by default.
  DEFAULT,
  /// The operator.
  SETTINGS,
  /// The domain (RFC 8461).
  MTA_STS,
  /// The zone of the host (RFC 7672).
  DANE,
  /// The sender of the message (RFC 8689).
  REQUIRETLS;

  /// As in events and metrics.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
