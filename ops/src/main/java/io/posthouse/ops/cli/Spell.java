package io.posthouse.ops.cli;

import io.posthouse.config.Durations;
import java.time.Duration;
import java.time.Instant;

/// Times as a person at a terminal wants them: the two largest units.
public final class Spell {
  private Spell() {}

  /// `3d4h`, `12m5s`, `0s`.
  public static String of(Duration duration) {
    var seconds = Math.max(0, duration.toSeconds());
    long unit = seconds >= 86_400 ? 3_600 : seconds >= 3_600 ? 60 : 1;
    return Durations.print(Duration.ofSeconds(seconds / unit * unit));
  }

  /// `in 5m`, or `now` where it has come.
  public static String until(Instant time, Instant now) {
    var left = Duration.between(now, time);
    return left.toSeconds() <= 0 ? "now" : "in " + of(left);
  }
}
