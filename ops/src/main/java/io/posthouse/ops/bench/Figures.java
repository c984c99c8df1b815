package io.posthouse.ops.bench;

import java.time.Duration;

/// Times as a table shows them, to a tenth.
final class Figures {
  private Figures() {}

  static double seconds(Duration time) {
    return tenths(time.toNanos() / 1e9);
  }

  static double millis(Duration time) {
    return tenths(time.toNanos() / 1e6);
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
