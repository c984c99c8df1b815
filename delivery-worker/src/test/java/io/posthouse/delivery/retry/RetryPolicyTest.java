package io.posthouse.delivery.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Attempt;
import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.smtp.EnhancedStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final Evidence WHY = new Observed(EnhancedStatus.of("4.4.1"), "down");
  private static final DeliveryOutcome LATER = new Deferred(Scope.HOST, WHY);

  private final RetryPolicy policy =
      new RetryPolicy(
          new RetrySchedule(
              List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(4)),
              Duration.ofDays(5)),
          Duration.ofHours(4));

  @ParameterizedTest
  @CsvSource({"0, PT1M", "1, PT5M", "2, PT4H", "3, PT4H", "40, PT4H"})
  void the_delay_is_the_schedules(int attemptsBefore, Duration delay) {
    var message = triedBefore(attemptsBefore);
    var verdict = policy.decide(LATER, message, message.arrived());
    assertEquals(delay, assertInstanceOf(Verdict.RetryAt.class, verdict).delay());
  }

  /// Age, how long everything is left alone, and how long the message rests.
  @ParameterizedTest
  @CsvSource({
    "PT0S,  PT55S,   PT1M",
    "PT0S,  PT0S,    PT1M",
    "PT5M,  PT3M,    PT5M",
    "PT5M,  PT14M,   PT5M",
    "PT40M, PT1S,    PT5M",
    "PT7H,  PT1S,    PT5M",
    "P4D,   PT3H,    PT4H",
  })
  void what_nobody_may_try_rests_by_its_age(Duration age, Duration left, Duration rest) {
    var message = Samples.message(Samples.CAROL);
    var now = message.arrived().plus(age);
    assertEquals(rest, policy.rest(message, now.plus(left), now));
  }

  @Test
  void a_retry_comes_after_its_delay_and_not_much_later() {
    for (int i = 0; i < 100; i++) {
      var message = Samples.message(Samples.CAROL);
      var now = message.arrived();
      var retry = (Verdict.RetryAt) policy.decide(LATER, message, now);
      assertTrue(!retry.at().isBefore(now.plusSeconds(60)), () -> retry.at().toString());
      assertTrue(retry.at().isBefore(now.plusSeconds(63)), () -> retry.at().toString());
    }
  }

  @Test
  void what_failed_together_does_not_come_back_together() {
    var times =
        IntStream.range(0, 100)
            .mapToObj(_ -> Samples.message(Samples.CAROL))
            .map(m -> ((Verdict.RetryAt) policy.decide(LATER, m, m.arrived())).at())
            .distinct()
            .count();
    assertTrue(times > 50, () -> times + " different times");
  }

  @ParameterizedTest
  @CsvSource({"PT119H59M59S, false", "PT120H, true", "PT200H, true"})
  void a_deferral_becomes_a_bounce_when_the_time_is_over(Duration age, boolean expired) {
    var message = triedBefore(30);
    var verdict = policy.decide(LATER, message, message.arrived().plus(age));
    assertEquals(expired, verdict.equals(new Verdict.Bounce(Scope.HOST, WHY, true)));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                 PT3H59M, false",
    "'',                 PT4H,    true",
    "'PT1M PT3H59M',     PT4H3M,  true",
    "'PT1M PT4H3M',      PT8H,    false",
    "'PT4H PT8H PT12H',  PT16H,   false",
  })
  void a_sender_is_warned_once_after_the_first_attempt_of_that_age(
      String before, Duration age, boolean warned) {
    var message = Samples.message(Samples.CAROL);
    for (var attempt : before.isEmpty() ? new String[0] : before.split(" ")) {
      var at = message.arrived().plus(Duration.parse(attempt));
      message = message.deferred(new Attempt(at, "worker-1", "", "down"), at);
    }
    assertEquals(warned, policy.warns(message, message.arrived().plus(age)));
  }

  @Test
  void a_delivery_is_a_delivery_however_late() {
    var message = triedBefore(30);
    var verdict =
        policy.decide(
            new DeliveryOutcome.Delivered(WHY, true),
            message,
            message.arrived().plus(Duration.ofDays(9)));
    assertEquals(new Verdict.Settle(WHY, true), verdict);
  }

  @Test
  void a_failure_bounces_at_once() {
    var message = triedBefore(0);
    var verdict =
        policy.decide(new DeliveryOutcome.Failed(Scope.RECIPIENT, WHY), message, message.arrived());
    assertEquals(new Verdict.Bounce(Scope.RECIPIENT, WHY, false), verdict);
  }

  private static Envelope triedBefore(int times) {
    var message = Samples.message(Samples.CAROL);
    var attempt = new Attempt(message.arrived(), "worker-1", "", "down");
    for (int i = 0; i < times; i++) message = message.deferred(attempt, message.arrived());
    return message;
  }
}
