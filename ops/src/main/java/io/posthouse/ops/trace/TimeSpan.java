package io.posthouse.ops.trace;

import java.time.Duration;
import java.time.Instant;

/// A time in which something happened.
record TimeSpan(Instant since, Instant until) {
  /// A node may be ahead of us by this.
  static final Duration CLOCKS = Duration.ofMinutes(10);
}
