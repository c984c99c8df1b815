package io.posthouse.ops.cli;

import io.posthouse.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/// A time as an operator writes it: itself, `2026-03-02T08:00:00Z` or with another offset; or how
/// far it is from now, `4h`. In whole milliseconds, as Kafka counts.
public final class Moment {
  private Moment() {}

  /// The time, or so long before now.
  ///
  /// @throws IllegalArgumentException if the text is neither a time nor how long ago it was
  public static Instant ago(String text, Instant now) {
    return parse(text, now::minus);
  }

  /// The time, or so long after now.
  ///
  /// @throws IllegalArgumentException if the text is neither a time nor how far ahead it is
  public static Instant ahead(String text, Instant now) {
    return parse(text, now::plus);
  }

  /// The millisecond in which it is.
  public static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant parse(String text, Function<Duration, Instant> fromNow) {
    try {
      return millis(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      return millis(fromNow.apply(Durations.parse(text)));
    }
  }
}
