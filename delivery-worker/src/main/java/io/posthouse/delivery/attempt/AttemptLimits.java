package io.posthouse.delivery.attempt;

import io.posthouse.config.Settings;
import java.time.Duration;

/// How far one attempt goes.
///
/// @param hosts tried in one attempt at most, those apart that are left alone
/// @param addresses tried in one attempt at most, so that a domain with a thousand does not hold us
/// @param time after which no other address is begun
public record AttemptLimits(int hosts, int addresses, Duration time) {
  public static final AttemptLimits DEFAULT = new AttemptLimits(10, 12, Duration.ofMinutes(30));

  public AttemptLimits {
    if (hosts < 1 || addresses < 1)
      throw new IllegalArgumentException(
          "attempt limits: " + (hosts + ", " + addresses) + " (expected: 1 or more)");
  }

  /// Reads them from section `delivery`.
  public static AttemptLimits read(Settings in) {
    return new AttemptLimits(
        in.about("hosts tried in one attempt")
            .integer("hosts_per_attempt", 1, 100, DEFAULT.hosts()),
        in.about("addresses tried in one attempt")
            .integer("addresses_per_attempt", 1, 100, DEFAULT.addresses()),
        in.about("after which an attempt begins with no other address")
            .duration(
                "time_per_attempt", Duration.ofSeconds(1), Duration.ofHours(6), DEFAULT.time()));
  }
}
