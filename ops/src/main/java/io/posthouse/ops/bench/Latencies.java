package io.posthouse.ops.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// The waits of one run, each kept, so that a percentile is one that happened.
final class Latencies {
  private final long[] nanos;
  private final AtomicInteger count = new AtomicInteger();

  Latencies(int atMost) {
    nanos = new long[atMost];
  }

  /// Safe from any thread.
  void add(long waitedNanos) {
    nanos[count.getAndIncrement()] = waitedNanos;
  }

  int count() {
    return count.get();
  }

  /// The wait that `percent` of all did not exceed; zero if there were none. Only after the run.
  Duration percentile(double percent) {
    if (count.get() == 0) return Duration.ZERO;
    Arrays.sort(nanos, 0, count.get());
    var rank = (int) Math.ceil(percent / 100 * count.get());
    return Duration.ofNanos(nanos[Math.max(0, rank - 1)]);
  }
}
