package io.posthouse.telemetry;

import java.time.Instant;

/// Instants as every line has them: UTC, always three digits of the second (`…T08:14:07.412Z`).
final class Timestamps {
  /// The last second that was formatted: most lines fall into the same.
  private record Second(long epoch, String text) {}

  private static volatile Second last = new Second(0, "1970-01-01T00:00:00");

  private Timestamps() {}

  static String format(Instant at) {
    var second = second(at.getEpochSecond());
    // With a 1 before them the milliseconds keep their zeroes.
    return second.text + "." + Integer.toString(1000 + at.getNano() / 1_000_000).substring(1) + "Z";
  }

  private static Second second(long epoch) {
    var known = last;
    if (known.epoch == epoch) return known;
    var text = Instant.ofEpochSecond(epoch).toString();
    var fresh = new Second(epoch, text.substring(0, text.length() - 1));
    last = fresh;
    return fresh;
  }
}
