package io.posthouse.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// Virtual time, and what happens in it, one thing after another. Whoever waits lets others happen
/// meanwhile.
public final class SimTime implements InstantSource {
  private static final Instant START = Instant.parse("2026-03-02T08:14:10Z");

  private final PriorityQueue<Happening> due =
      new PriorityQueue<>(
          Comparator.comparingLong(Happening::at).thenComparingLong(Happening::order));
  private long now;
  private long happenings;

  private record Happening(long at, long order, Runnable what) {}

  /// Has something happen, so long from now.
  public void after(Duration wait, Runnable what) {
    due.add(new Happening(now + wait.toNanos(), happenings++, what));
  }

  /// Lets so much time pass.
  public void pass(Duration time) {
    passUntil(time, () -> false);
  }

  /// Lets time pass until the condition holds, at most so much.
  void passUntil(Duration most, BooleanSupplier condition) {
    var end = now + most.toNanos();
    while (!condition.getAsBoolean()) {
      var next = due.peek();
      if (next == null || next.at > end) {
        now = Math.max(now, end);
        return;
      }
      due.remove();
      now = Math.max(now, next.at);
      next.what.run();
    }
  }

  long nanos() {
    return now;
  }

  /// Since the beginning.
  public Duration passed() {
    return Duration.ofNanos(now);
  }

  @Override
  public Instant instant() {
    return START.plusNanos(now);
  }
}
