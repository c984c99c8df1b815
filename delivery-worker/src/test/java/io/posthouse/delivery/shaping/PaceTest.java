package io.posthouse.delivery.shaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace = new Pace();
  private long now = -7 * SECOND;

  @ParameterizedTest
  @CsvSource({"60/1m, 60", "1/1s, 60", "100/1s, 6000", "30/1m, 30", "5000/1m, 5000"})
  void a_minute_of_it_is_as_many_as_it_says_but_for_a_moments_worth(String rate, int inAMinute) {
    pace.set(Rate.parse(rate));
    var went = 0;
    for (var end = now + 60 * SECOND; now - end < 0; now += pace.untilNext(now)) {
      pace.spend(now);
      went++;
    }
    var tolerated = inAMinute / 600 + 2;
    assertTrue(went >= inAMinute && went <= inAMinute + tolerated, rate + ": " + went);
  }

  @Test
  void nothing_is_saved_up_while_nobody_comes() {
    pace.set(Rate.parse("1/1s"));
    pace.spend(now);
    now += 3600 * SECOND;
    assertEquals(0, pace.untilNext(now));
    pace.spend(now);
    assertTrue(pace.untilNext(now) > 0);
  }

  @Test
  void who_goes_before_the_time_is_paid_for_by_those_who_follow() {
    pace.set(Rate.parse("1/1s"));
    for (int i = 0; i < 10; i++) pace.spend(now);
    assertEquals(10, Math.ceilDiv(pace.untilNext(now), SECOND));
  }

  @Test
  void without_a_limit_everybody_goes() {
    pace.set(Rate.UNLIMITED);
    for (int i = 0; i < 10; i++) pace.spend(now);
    assertEquals(0, pace.untilNext(now));
  }
}
