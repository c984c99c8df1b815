package io.posthouse.ops.bench;

import java.time.Duration;

/// How fast a role went through a backlog.
///
/// @param troubles deferrals, bounces and faults on the way
/// @param took from the first message done to the last: without the start of the role
/// @param each how long each message took
record Throughput(int messages, int troubles, Duration took, Latencies each) {
  /// Messages a second; the first one only starts the clock.
  double perSecond() {
    return took.isZero() ? 0 : (messages - 1) / (took.toNanos() / 1e9);
  }
}
