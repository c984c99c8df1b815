package io.posthouse.delivery.breaker;

import io.posthouse.config.Settings;
import java.time.Duration;

/// When an address, or a family, is left alone, and for how long.
///
/// @param failures in a row that open a breaker; a single one does where finding out took the whole
///   of our patience
/// @param open how long nobody tries then; afterwards one conversation does, and each that fails
///   doubles the time
/// @param longest that anything is left alone between two of those
/// @param remembered addresses at most, and as many sites
public record BreakerSettings(int failures, Duration open, Duration longest, int remembered) {
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(3, Duration.ofMinutes(1), Duration.ofMinutes(15), 100_000);

  public BreakerSettings {
    if (failures < 1)
      throw new IllegalArgumentException("failures: " + failures + " (expected: 1 or more)");
    if (open.isNegative() || open.isZero())
      throw new IllegalArgumentException("open: " + open + " (expected: more than nothing)");
    if (longest.compareTo(open) < 0)
      throw new IllegalArgumentException(
          "longest: " + longest + " (expected: " + open + " or more)");
  }

  /// Reads section `delivery.breaker`.
  public static BreakerSettings read(Settings in) {
    var open =
        in.about("for how long at first")
            .duration("open", Duration.ofSeconds(1), Duration.ofHours(1), DEFAULT.open());
    return new BreakerSettings(
        in.about("failures in a row after which an address or a family is left alone")
            .integer("failures", 1, 100, DEFAULT.failures()),
        open,
        in.about("for how long at most, after several probes in vain")
            .duration("longest", open, Duration.ofHours(4), longest(open)),
        in.about("addresses remembered, and as many sites")
            .integer("remembered", 100, 10_000_000, DEFAULT.remembered()));
  }

  /// An operator who wants it longer than our longest gets it.
  private static Duration longest(Duration open) {
    return open.compareTo(DEFAULT.longest()) > 0 ? open : DEFAULT.longest();
  }
}
