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

  /// What is left alone is looked at again after this part of its age.
  private static final int PART_OF_AGE = 8;

  private static final Duration LONGEST_REST = Duration.ofHours(1);
  private static final Duration WIDEST_SPREAD = Duration.ofMinutes(1);

  /// What keeps a message from being tried.
  public enum Obstacle {
    /// It has its attempt when its turn comes.
    OUR_LIMITS,
    /// Every way is left alone, for nobody there has answered others.
    NO_ANSWER
  }

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
      case DeliveryOutcome.Deferred deferred -> retry(deferred, message, now);
    };
  }

  /// What becomes of one recipient of a message that was not tried, and whose sender must be told
  /// something.
  public Verdict untried(
      DeliveryOutcome.Deferred why, Envelope message, Obstacle obstacle, Instant now) {
    return isGivenUp(message, obstacle, now)
        ? new Verdict.Bounce(why.scope(), why.evidence(), true)
        : retry(why, message, now);
  }

  private Verdict retry(DeliveryOutcome.Deferred why, Envelope message, Instant now) {
    var delay = schedule.delayAfter(message.attemptCount() + 1);
    var at = now.plus(delay).plus(jitter(message, delay));
    return new Verdict.RetryAt(at, delay, why.scope(), why.evidence());
  }

  /// When what is still deferred is given up, after one more attempt.
  public Instant expiry(Envelope message) {
    return message.arrived().plus(schedule.expiry());
  }

  /// Until when a sender who is told of a delay may expect that we try: where the message has
  /// expired, as long as we wait for an attempt at most.
  public Instant promised(Envelope message, Instant now) {
    return isExpired(message, now) ? end(message, Obstacle.OUR_LIMITS) : expiry(message);
  }

  /// Whether the sender is to be told now that `message` is deferred once more: after the first
  /// attempt of a certain age, so once, whoever made the attempts before.
  public boolean warns(Envelope message, Instant now) {
    var from = message.arrived().plus(warnAfter);
    return !now.isBefore(from)
        && message.attempts().stream().allMatch(attempt -> attempt.at().isBefore(from));
  }

  /// When to look again at what could not even start.
  ///
  /// @param wait after which it may start
  public Aside aside(Envelope message, Duration wait, Instant now) {
    var tiers = schedule.tiers();
    var within = tiers.headSet(wait.plusNanos(1));
    var delay = within.isEmpty() ? tiers.first() : within.last();
    return new Aside(now.plus(delay).plus(jitter(message, delay)), delay);
  }

  /// How long to leave a message alone of which every way is left alone until `until`: about so
  /// long and, the older it is, the longer, so that a backlog of a site that is dead for days costs
  /// little, and nobody waits much longer than it has waited already.
  ///
  /// @return a delay of the schedule
  public Duration rest(Envelope message, Instant until, Instant now) {
    var byAge = Duration.between(message.arrived(), now).dividedBy(PART_OF_AGE);
    var most = byAge.compareTo(LONGEST_REST) < 0 ? byAge : LONGEST_REST;
    var left = Duration.between(now, until);
    return about(most.compareTo(left) > 0 ? most : left);
  }

  /// The next longer delay, unless it is more than twice as long: then the next shorter.
  private Duration about(Duration time) {
    var tiers = schedule.tiers();
    var longer = tiers.tailSet(time);
    var shorter = tiers.headSet(time);
    if (shorter.isEmpty()) return tiers.first();
    return longer.isEmpty() || longer.first().compareTo(time.multipliedBy(2)) > 0
        ? shorter.last()
        : longer.first();
  }

  /// A moment, and its tier of the retry schedule.
  public record Aside(Instant until, Duration delay) {}

  /// Whether the sender must be told something now, so that `message` cannot just be put aside.
  public boolean owesWord(Envelope message, Obstacle obstacle, Instant now) {
    return isGivenUp(message, obstacle, now) || warns(message, now);
  }

  /// Since when `message` could go: its arrival, or the time for which it was deferred after its
  /// last attempt. Having been put aside since makes no difference.
  public Instant ready(Envelope message) {
    return message.attempts().isEmpty()
        ? message.arrived()
        : message.attempts().getLast().at().plus(schedule.delayAfter(message.attemptCount()));
  }

  private boolean isGivenUp(Envelope message, Obstacle obstacle, Instant now) {
    return !now.isBefore(end(message, obstacle));
  }

  /// When a message is given up that was kept from its attempt all the time. Time in which nobody
  /// would have tried it, held or dead, does not count: who comes back expired has an attempt.
  private Instant end(Envelope message, Obstacle obstacle) {
    var since = message.resumed().orElse(message.arrived());
    return switch (obstacle) {
      case OUR_LIMITS -> since.plus(schedule.expiry().multipliedBy(2));
      case NO_ANSWER -> since.plus(schedule.expiry());
    };
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
