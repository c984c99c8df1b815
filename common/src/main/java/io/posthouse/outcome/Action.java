package io.posthouse.outcome;

import java.util.Locale;

/// What a DSN tells of a recipient (RFC 3464 §2.3.3). We never expand lists, so `expanded` is not
/// among it.
public enum Action {
  FAILED,
  DELAYED,
  RELAYED,
  DELIVERED;

  /// As in the DSN, in events and in metrics.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
