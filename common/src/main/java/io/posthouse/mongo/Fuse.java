package io.posthouse.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Spares everybody the time-out of a database that is known to be down: after a failure, one
/// question per pause is let through, and the others are answered at once.
final class Fuse {
  private record Blown(Instant probeAt, String why) {}

  private final InstantSource clock;
  private final Duration pause;
  private final AtomicReference<Optional<Blown>> state = new AtomicReference<>(Optional.empty());

  Fuse(InstantSource clock, Duration pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /// Whether a question may go out now; the one that probes counts as asked.
  boolean admits() {
    var seen = state.get();
    if (seen.isEmpty()) return true;
    var now = clock.instant();
    if (now.isBefore(seen.get().probeAt())) return false;
    return state.compareAndSet(seen, Optional.of(new Blown(now.plus(pause), seen.get().why())));
  }

  void succeeded() {
    state.set(Optional.empty());
  }

  void failed(String why) {
    state.set(Optional.of(new Blown(clock.instant().plus(pause), why)));
  }

  /// Why questions are held back; empty while all is well.
  Optional<String> trouble() {
    return state.get().map(Blown::why);
  }
}
