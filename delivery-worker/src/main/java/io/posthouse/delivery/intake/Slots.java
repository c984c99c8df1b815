package io.posthouse.delivery.intake;

import io.posthouse.address.Domain;
import java.time.Duration;
import java.util.function.Function;

/// How many deliveries may go on at a time.
///
/// @param perDestination of them to one destination
/// @param patience how long a message waits for a slot of its destination before it is put aside
/// @param destination what shares slots: a domain, or all that goes by one route
public record Slots(
    int deliveries, int perDestination, Duration patience, Function<Domain, String> destination) {
  /// Long enough for a host that is merely busy.
  public static final Duration SHORT_WAIT = Duration.ofSeconds(5);
}
