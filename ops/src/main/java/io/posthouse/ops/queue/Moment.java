package io.posthouse.ops.queue;

import io.posthouse.config.Durations;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// A time as an operator writes it: `2026-03-02T08:00:00Z`, with another offset, or so long ago:
/// `4h`.
final class Moment {
  private Moment() {}

  /// Whole milliseconds, as Kafka counts.
  ///
  /// @throws IllegalArgumentException where it is neither
  static Instant parse(String text, Instant now) {
    try {
      return millis(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException noTime) {
      return millis(now.minus(Durations.parse(text)));
    }
  }

  static Instant millis(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }
}
