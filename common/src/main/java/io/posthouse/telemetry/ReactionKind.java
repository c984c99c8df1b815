package io.posthouse.telemetry;

import java.util.Locale;

/// What we do about a refusal beyond what its code says.
public enum ReactionKind {
  /// Fewer deliveries to the site, and slower.
  SLOW,
  /// No delivery to the site for a while.
  SUSPEND,
  /// Another address is asked.
  ELSEWHERE,
  /// Later, whatever the code.
  DEFER,
  /// Never, whatever the code.
  BOUNCE;

  /// As in settings, events and metrics.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
