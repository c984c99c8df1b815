package io.posthouse.kafka;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The wait before one tries again, twice as long each time.
final class Pause {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration GLANCE = Duration.ofMillis(50);

  private Duration next = SHORTEST;

  Duration next() {
    return next;
  }

  void reset() {
    next = SHORTEST;
  }

  /// Waits for as long as it is `wanted`.
  void sleep(BooleanSupplier wanted) {
    var until = System.nanoTime() + next.toNanos();
    var doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    try {
      while (wanted.getAsBoolean() && System.nanoTime() < until) Thread.sleep(GLANCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
