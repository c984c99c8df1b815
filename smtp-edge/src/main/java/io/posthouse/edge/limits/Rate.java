package io.posthouse.edge.limits;

import io.posthouse.config.Form;
import java.time.Duration;
import java.util.regex.Pattern;

/// So many in a time, all of them at once if need be: `600/1m`; `off` for any number.
///
/// @param most 0 for any number
public record Rate(int most, Duration per) {
  private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,8})/([0-9]{1,5})([smh])");
  private static final Duration LONGEST = Duration.ofHours(24);

  /// Any number.
  public static final Rate OFF = new Rate(0, Duration.ofMinutes(1));

  public Rate {
    if (most < 0) throw new IllegalArgumentException("rate: " + most + " (expected: 0 or more)");
    if (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(LONGEST) > 0)
      throw new IllegalArgumentException("rate: per " + per + " (expected: per 1s to 24h)");
  }

  /// How settings write it.
  public static Form<Rate> form() {
    return Form.of("a rate such as 600/1m, or off", Rate::parse);
  }

  /// Reads what [#toString] writes.
  ///
  /// @throws IllegalArgumentException when the text is no rate
  public static Rate parse(String text) {
    if (text.equals("off")) return OFF;
    var written = WRITTEN.matcher(text);
    if (!written.matches()) throw new IllegalArgumentException("rate: " + text);
    var per = Duration.parse("PT" + written.group(2) + written.group(3));
    return new Rate(Integer.parseInt(written.group(1)), per);
  }

  boolean isOff() {
    return most == 0;
  }

  /// From one to the next, where they come evenly.
  long nanosEach() {
    return per.toNanos() / most;
  }

  @Override
  public String toString() {
    return isOff() ? "off" : most + "/" + written(per.toSeconds());
  }

  private static String written(long seconds) {
    if (seconds % 3600 == 0) return seconds / 3600 + "h";
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
