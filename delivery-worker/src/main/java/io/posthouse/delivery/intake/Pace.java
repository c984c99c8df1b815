package io.posthouse.delivery.intake;

import java.time.Duration;

/// How fast a destination's slots become free, by its latest deliveries. Safe from any thread.
final class Pace {
  /// How much the latest delivery counts.
  private static final double NEWEST = 0.2;

  private final int slots;
  private double nanosEach;

  Pace(int slots) {
    this.slots = slots;
  }

  synchronized void took(Duration delivery) {
    var nanos = (double) delivery.toNanos();
    nanosEach = nanosEach == 0 ? nanos : (1 - NEWEST) * nanosEach + NEWEST * nanos;
  }

  /// Somebody waited behind `ahead` others and got no slot: nobody who comes next need find out
  /// again.
  synchronized void waitedInVain(Duration wait, int ahead) {
    nanosEach = Math.max(nanosEach, (double) wait.toNanos() * slots / (ahead + 1));
  }

  /// How long whoever comes behind `ahead` others will probably wait.
  synchronized Duration waitBehind(int ahead) {
    return Duration.ofNanos((long) (ahead * nanosEach / slots));
  }
}
