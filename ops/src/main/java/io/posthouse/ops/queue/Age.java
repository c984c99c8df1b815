package io.posthouse.ops.queue;

import java.time.Duration;
import java.util.Arrays;

/// How long ago a message arrived, in steps that grow, as an operator looks at a queue.
enum Age {
  MINUTES_5("<5m", Duration.ofMinutes(5)),
  MINUTES_15("<15m", Duration.ofMinutes(15)),
  HOUR("<1h", Duration.ofHours(1)),
  HOURS_4("<4h", Duration.ofHours(4)),
  DAY("<1d", Duration.ofDays(1)),
  OLDER("1d+", Duration.ofSeconds(Long.MAX_VALUE));

  private final String title;
  private final Duration below;

  Age(String title, Duration below) {
    this.title = title;
    this.below = below;
  }

  /// Whose clock is ahead has sent a young message.
  static Age of(Duration age) {
    return Arrays.stream(values())
        .filter(step -> age.compareTo(step.below) < 0)
        .findFirst()
        .orElse(OLDER);
  }

  String title() {
    return title;
  }
}
