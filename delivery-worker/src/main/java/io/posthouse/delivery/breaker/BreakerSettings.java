package io.posthouse.delivery.breaker;

import java.time.Duration;

/// When an address is left alone, and for how long.
///
/// @param failures in a row that open a breaker
/// @param open how long nobody tries then; afterwards one conversation at a time does
/// @param remembered addresses at most
public record BreakerSettings(int failures, Duration open, int remembered) {
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(3, Duration.ofMinutes(1), 100_000);

  public BreakerSettings {
    if (failures < 1)
      throw new IllegalArgumentException("failures: " + failures + " (expected: 1 or more)");
  }
}
