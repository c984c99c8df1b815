package io.posthouse.delivery.breaker;

import java.time.Duration;

/// How long something is left alone: twice as long after each probe in vain. Pure.
final class Pauses {
  /// Part of a pause that is taken off, so that what failed together is not probed together, and
  /// what is tried again after the same time finds it over.
  private static final int SPREAD = 10;

  private Pauses() {}

  /// @param before pauses in a row before this one
  /// @param name spreads; from the name, so that it needs no dice
  static Duration after(int before, BreakerSettings settings, String name) {
    var pause = settings.open();
    for (int i = 0; i < before && pause.compareTo(settings.longest()) < 0; i++)
      pause = pause.multipliedBy(2);
    if (pause.compareTo(settings.longest()) > 0) pause = settings.longest();
    var hash = Math.floorMod(name.hashCode() * 31 + before, 1000);
    return pause.minus(pause.dividedBy(SPREAD).multipliedBy(hash).dividedBy(1000));
  }
}
