package io.posthouse.node;

import java.time.Instant;
import java.util.Optional;

/// A site at which mail waits, or might: it has as many deliveries as it bears, or an order to go
/// slow.
///
/// @param active deliveries under way
/// @param most at a time
/// @param waiting messages that wait for their turn
/// @param reason what holds them back beside the number; empty where nothing does
/// @param until when that ends
public record BusySite(
    String name, int active, int most, int waiting, String reason, Optional<Instant> until) {

  /// `20 of 20 busy, 11 wait, suspended by too-fast until 2026-03-02T08:15:07Z`.
  public String text() {
    return active
        + " of "
        + most
        + " busy"
        + (waiting > 0 ? ", " + waiting + " wait" : "")
        + (reason.isEmpty() ? "" : ", " + reason)
        + until.map(end -> " until " + end).orElse("");
  }
}
