package io.posthouse.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryScheduleTest {
  private static final Duration EXPIRY = Duration.ofDays(5);

  private final RetrySchedule schedule =
      new RetrySchedule(
          List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1)), EXPIRY);

  @ParameterizedTest
  @CsvSource({"1, PT1M", "2, PT1H", "3, PT1H", "4, PT1H", "1000, PT1H"})
  void each_delay_in_turn_then_the_last_for_ever(int failed, Duration delay) {
    assertEquals(delay, schedule.delayAfter(failed));
  }

  @Test
  void equal_delays_share_a_tier() {
    assertEquals(
        List.of(Duration.ofMinutes(1), Duration.ofHours(1)), List.copyOf(schedule.tiers()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.5S", "PT1.5S", "PT-1S"})
  void a_delay_is_of_whole_seconds_because_it_names_its_topic(Duration delay) {
    assertThrows(IllegalArgumentException.class, () -> new RetrySchedule(List.of(delay), EXPIRY));
  }

  @Test
  void there_is_a_delay() {
    assertThrows(IllegalArgumentException.class, () -> new RetrySchedule(List.of(), EXPIRY));
  }

  @ParameterizedTest
  @CsvSource({
    "PT1S, p.retry.1s",
    "PT90S, p.retry.90s",
    "PT5M, p.retry.5m",
    "PT90M, p.retry.90m",
    "PT4H, p.retry.4h",
    "P1D, p.retry.24h"
  })
  void a_topic_is_named_for_its_delay_in_the_largest_whole_unit(Duration delay, String topic) {
    assertEquals(topic, new Topics("p.").retry(delay));
  }
}
