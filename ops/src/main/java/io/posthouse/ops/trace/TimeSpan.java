package io.posthouse.ops.trace;

import io.posthouse.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// A time in which something happened.
record TimeSpan(Instant since, Instant until) {
  /// A node may be ahead of us by this.
  static final Duration CLOCKS = Duration.ofMinutes(10);

  /// A time as operators write it: itself, or how long ago it was.
  ///
  /// @throws IllegalArgumentException if it is neither
  static Instant time(String text, Instant now) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException anAge) {
      return now.minus(Durations.parse(text));
    }
  }
}
