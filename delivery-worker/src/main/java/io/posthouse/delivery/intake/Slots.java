package io.posthouse.delivery.intake;

import java.time.Duration;
import java.util.function.IntSupplier;

/// How many deliveries may go on at a time, and how long messages wait for theirs.
///
/// @param places how many messages the worker holds at a time, those under way among them
/// @param octets how many octets of them it holds
/// @param patience how long a message waits for its site before it is put aside
/// @param longestAside how long it is put aside at most
/// @param workers alive, this one among them: limits of the cluster are divided by their number
public record Slots(
    int deliveries,
    int places,
    long octets,
    Duration patience,
    Duration longestAside,
    IntSupplier workers) {
  /// Long enough for a host that is merely busy.
  public static final Duration SHORT_WAIT = Duration.ofSeconds(5);
}
