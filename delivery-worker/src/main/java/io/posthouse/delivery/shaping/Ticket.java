package io.posthouse.delivery.shaping;

import java.time.Instant;
import java.util.Comparator;

/// A message's place in the line before its site: who is ready longest goes first.
///
/// @param ready since when the message could go
/// @param number tells apart who came at the same time
/// @param deadline on the nano clock: nobody waits longer
public record Ticket(Instant ready, long number, long deadline) implements Comparable<Ticket> {
  private static final Comparator<Ticket> ORDER =
      Comparator.comparing(Ticket::ready).thenComparingLong(Ticket::number);

  @Override
  public int compareTo(Ticket other) {
    return ORDER.compare(this, other);
  }
}
