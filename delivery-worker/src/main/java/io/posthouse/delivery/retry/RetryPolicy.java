package io.posthouse.delivery.retry;

import io.posthouse.message.Envelope;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.time.Instant;

/// Settle, retry, or bounce. Pure: the same message, outcome and time give the same verdict.
///
/// Retries are spread by up to 1/20 of their delay, so that what failed together does not come back
/// together. The spread is far below a tier's delay, so a tier stays in order but for moments.
///
/// @param warnAfter age at which the sender of what is still deferred is told so (RFC 5321
///   §4.5.4.1)
public record RetryPolicy(RetrySchedule schedule, Duration warnAfter) {
  private static final int SPREAD = 20;
  private static final Duration WIDEST_SPREAD = Duration.ofMinutes(1);

  /// What becomes of one recipient of a message.
  ///
  /// @param message before this attempt was noted in it
  public Verdict decide(DeliveryOutcome outcome, Envelope message, Instant now) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered(var evidence, var notifies) ->
          new Verdict.Settle(evidence, notifies);
      case DeliveryOutcome.Failed(var scope, var evidence) ->
          new Verdict.Bounce(scope, evidence, false);
      case DeliveryOutcome.Deferred(var scope, var evidence) when isExpired(message, now) ->
          new Verdict.Bounce(scope, evidence, true);
      case DeliveryOutcome.Deferred(var scope, var evidence) -> {
        var delay = schedule.delayAfter(message.attemptCount() + 1);
        yield new Verdict.RetryAt(
            now.plus(delay).plus(jitter(message, delay)), delay, scope, evidence);
      }
    };
  }

  /// When what is still deferred is given up, after one more attempt.
  public Instant expiry(Envelope message) {
    return message.arrived().plus(schedule.expiry());
  }

  /// Whether the sender is to be told now that `message` is deferred once more: after the first
  /// attempt of a certain age, so once, whoever made the attempts before.
  public boolean warns(Envelope message, Instant now) {
    var from = message.arrived().plus(warnAfter);
    return !now.isBefore(from)
        && message.attempts().stream().allMatch(attempt -> attempt.at().isBefore(from));
  }

  /// The shortest delay there is, for what could not even start.
  public Duration shortestDelay() {
    return schedule.tiers().first();
  }

  private boolean isExpired(Envelope message, Instant now) {
    return !now.isBefore(expiry(message));
  }

  /// From the queue id, so that it needs no dice.
  private static Duration jitter(Envelope message, Duration delay) {
    var widest = delay.dividedBy(SPREAD);
    if (widest.compareTo(WIDEST_SPREAD) > 0) widest = WIDEST_SPREAD;
    var hash = Math.floorMod(message.queueId().hashCode() * 31 + message.attemptCount(), 1000);
    return widest.multipliedBy(hash).dividedBy(1000);
  }
}
