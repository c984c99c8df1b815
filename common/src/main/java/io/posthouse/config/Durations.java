package io.posthouse.config;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as operators write them: `250ms`, `30s`, `5m`, `4h`, `7d`, `1h30m`.
public final class Durations {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?=\\d)(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private Durations() {}

  /// Reads what [#print] wrote, and operators.
  ///
  /// @throws IllegalArgumentException when the text is no duration
  public static Duration parse(String text) {
    var written = WRITTEN.matcher(text);
    if (!written.matches()) throw new IllegalArgumentException("duration: " + text);
    return Duration.ofDays(number(written.group(1)))
        .plusHours(number(written.group(2)))
        .plusMinutes(number(written.group(3)))
        .plusSeconds(number(written.group(4)))
        .plusMillis(number(written.group(5)));
  }

  /// The shortest text that [#parse] takes back.
  public static String print(Duration duration) {
    var parts =
        part(duration.toDays(), "d")
            + part(duration.toHoursPart(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s")
            + part(duration.toMillisPart(), "ms");
    return parts.isEmpty() ? "0s" : parts;
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }
}
