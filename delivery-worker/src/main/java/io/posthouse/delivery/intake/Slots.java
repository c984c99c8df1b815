package io.posthouse.delivery.intake;

import java.time.Duration;

/// How many deliveries may go on at a time.
///
/// @param patience how long a message waits for a slot of its site before it is put aside
public record Slots(int deliveries, Duration patience) {
  /// Long enough for a host that is merely busy.
  public static final Duration SHORT_WAIT = Duration.ofSeconds(5);
}
