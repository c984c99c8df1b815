package io.posthouse.delivery.attempt;

import java.time.Duration;

/// Whose turn it is in a race of addresses: the next one's as soon as one has failed, or has not
/// answered for a moment (RFC 8305 §5). Pure: the time is told. Used by one thread.
final class Turns {
  /// What to do next.
  sealed interface Turn {
    /// The next address starts.
    record Start() implements Turn {}

    /// Nothing, unless something happens, for so long.
    record Wait(Duration most) implements Turn {}

    /// Nothing, until one of those under way has ended.
    record WaitForAny() implements Turn {}

    /// Nobody is under way, and nobody is left.
    record Over() implements Turn {}
  }

  private final long stagger;
  private int underWay;
  private long nextStart;
  private boolean noneLeft;

  Turns(Duration stagger) {
    this.stagger = stagger.toNanos();
  }

  Turn next(long nanoTime) {
    if (noneLeft) return underWay == 0 ? new Turn.Over() : new Turn.WaitForAny();
    var left = nextStart - nanoTime;
    return underWay == 0 || left <= 0 ? new Turn.Start() : new Turn.Wait(Duration.ofNanos(left));
  }

  void started(long nanoTime) {
    underWay++;
    nextStart = nanoTime + stagger;
  }

  /// One of those under way has failed: nobody need wait for it.
  void failed(long nanoTime) {
    underWay--;
    nextStart = nanoTime;
  }

  /// There was nobody to start.
  void noneLeft() {
    noneLeft = true;
  }
}
