package io.posthouse.delivery.tls;

import io.posthouse.telemetry.TlsFailure;
import io.posthouse.telemetry.TlsState;
import io.posthouse.telemetry.TlsUse.Shortfall;

/// What a certificate is worth.
public sealed interface Checked {
  /// As much as was asked for.
  record Good(TlsState state) implements Checked {}

  /// Less.
  record Bad(Shortfall shortfall) implements Checked {
    Bad(TlsFailure type, String why) {
      this(new Shortfall(type, why));
    }
  }
}
