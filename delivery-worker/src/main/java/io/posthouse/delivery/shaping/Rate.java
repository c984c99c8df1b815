package io.posthouse.delivery.shaping;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// So many in so much time, written `100/1m`, or `unlimited`.
///
/// @param count one or more
/// @param per a second, a minute, an hour or several of them
public record Rate(int count, Duration per) {
  /// As much as there is.
  public static final Rate UNLIMITED = new Rate(Integer.MAX_VALUE, Duration.ofSeconds(1));

  private static final String WORD = "unlimited";
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})/(\\d{1,4})([smh])");

  public Rate {
    if (count < 1 || per.compareTo(Duration.ofSeconds(1)) < 0)
      throw new IllegalArgumentException(
          "rate: " + count + " in " + per + " (expected: one or more in 1s or more)");
  }

  /// Reads what [#toString] writes.
  ///
  /// @throws IllegalArgumentException when the text is no rate
  public static Rate parse(String text) {
    if (text.equals(WORD)) return UNLIMITED;
    var written = WRITTEN.matcher(text);
    if (!written.matches())
      throw new IllegalArgumentException("rate: " + text + " (expected: 100/1m)");
    return new Rate(
        Integer.parseInt(written.group(1)),
        unit(written.group(3)).multipliedBy(Integer.parseInt(written.group(2))));
  }

  /// From one to the next, evenly; 0 where there is no limit.
  long intervalNanos() {
    return isUnlimited() ? 0 : Math.max(1, per.toNanos() / count);
  }

  /// Whether it limits nothing.
  public boolean isUnlimited() {
    return equals(UNLIMITED);
  }

  /// The part of one of `workers` that share this rate evenly.
  Rate shared(int workers) {
    if (isUnlimited() || workers == 1) return this;
    return new Rate(count, per.multipliedBy(workers));
  }

  /// The lower of the two.
  Rate atMost(Optional<Rate> other) {
    return other.filter(rate -> rate.intervalNanos() > intervalNanos()).orElse(this);
  }

  @Override
  public String toString() {
    if (isUnlimited()) return WORD;
    if (per.toSeconds() % 3600 == 0) return count + "/" + per.toHours() + "h";
    return per.toSeconds() % 60 == 0
        ? count + "/" + per.toMinutes() + "m"
        : count + "/" + per.toSeconds() + "s";
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "h" -> Duration.ofHours(1);
      case "m" -> Duration.ofMinutes(1);
      default -> Duration.ofSeconds(1);
    };
  }
}
