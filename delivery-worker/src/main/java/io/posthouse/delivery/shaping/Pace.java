package io.posthouse.delivery.shaping;

import java.time.Duration;

/// A rate kept evenly (the generic cell rate algorithm of ITU-T I.371): nothing is saved up while
/// nobody comes, but for a moment's worth, so that a late awakening costs nothing.
final class Pace {
  private static final long TOLERANCE = Duration.ofMillis(100).toNanos();

  private long interval;
  private long due;
  private boolean began;

  /// From one to the next.
  long interval() {
    return interval;
  }

  void set(Rate rate) {
    interval = rate.intervalNanos();
  }

  /// Nanoseconds until the next may go; 0 for now.
  long untilNext(long now) {
    return interval == 0 || !began ? 0 : Math.max(0, due - TOLERANCE - now);
  }

  /// One goes; even before its time, at the cost of those after it.
  void spend(long now) {
    due = (began && due - now > 0 ? due : now) + interval;
    began = true;
  }
}
