package io.posthouse.delivery.intake;

import java.time.Duration;

/// How many deliveries may go on at a time.
///
/// @param perDestination of them to one site
/// @param patience how long a message waits for a slot of its site before it is put aside
public record Slots(int deliveries, int perDestination, Duration patience) {
  /// Long enough for a host that is merely busy.
  public static final Duration SHORT_WAIT = Duration.ofSeconds(5);
}
