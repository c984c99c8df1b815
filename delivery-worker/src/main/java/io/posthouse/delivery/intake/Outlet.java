package io.posthouse.delivery.intake;

import io.posthouse.bounce.Fate;
import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Returns;
import io.posthouse.delivery.attempt.Attempted;
import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.retry.RetryPolicy;
import io.posthouse.delivery.retry.RetryPolicy.Obstacle;
import io.posthouse.delivery.retry.Verdict;
import io.posthouse.message.Attempt;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where outcomes go: makes them durable, and only then settles the message: to die in between
/// repeats work, the other order would lose a recipient.
public final class Outlet {
  private static final EnhancedStatus NO_ANSWER = EnhancedStatus.of("4.4.1");
  private static final Observed PARTED =
      new Observed(
          EnhancedStatus.of("4.2.1"), "goes on without recipients an operator has ordered about");

  /// Attempts that our own faults may spoil before an operator has to look.
  private static final int MOST_STRIKES = 3;

  /// Characters of what was said that go into the history.
  private static final int LONGEST_SAID = 500;

  private final DurableQueue queue;
  private final RetryPolicy policy;
  private final Returns returns;
  private final DeliveryEvents events;
  private final String node;
  private final InstantSource clock;

  /// @param node our name in the history of a message
  public Outlet(
      DurableQueue queue,
      RetryPolicy policy,
      Notifier notifier,
      DeliveryEvents events,
      String node,
      InstantSource clock) {
    this.queue = queue;
    this.policy = policy;
    this.returns = new Returns(notifier);
    this.events = events;
    this.node = node;
    this.clock = clock;
  }

  /// With the return of this method no recipient of the message is owed anything that is not in the
  /// queue.
  void settle(Taken taken, MessageSource message, Attempted attempted) throws Closed {
    var now = clock.instant();
    settle(taken, message, attempted, verdicts(taken.envelope(), attempted, now), now);
  }

  private void settle(
      Taken taken,
      MessageSource message,
      Attempted attempted,
      Map<Recipient, Verdict> verdicts,
      Instant now)
      throws Closed {
    var hopeless = hopeless(taken.envelope(), attempted);
    // Who was settled before our own trouble began keeps what was settled.
    if (hopeless.isPresent()) verdicts.values().removeIf(v -> v instanceof Verdict.RetryAt);
    retry(taken, verdicts, attempted.lastTried(), now);
    var dsns = returns.tell(taken, message, fates(taken.envelope(), verdicts, now), now);
    if (hopeless.isPresent()) buryRest(taken, verdicts, hopeless.get());
    verdicts.forEach((recipient, verdict) ->
        events.became(
            taken.envelope(),
            recipient,
            verdict,
            Optional.ofNullable(dsns.get(recipient)),
            attempted.took()));
    taken.settle();
  }

  /// For what we do not understand, or understand too often wrong.
  void bury(Taken taken, String why) throws Closed {
    returns.bury(taken, taken.envelope(), why);
    taken.settle();
  }

  /// Puts the message aside until limits of ours let it go.
  ///
  /// @param wait after which it may go
  void postpone(Taken taken, MessageSource message, Observed why, Duration wait) throws Closed {
    putAside(taken, message, why, wait, Obstacle.OUR_LIMITS);
  }

  /// Puts a message aside of which every way is left alone: nobody was asked.
  void leave(Taken taken, MessageSource message, LeftAlone soonest) throws Closed {
    var rest = policy.rest(taken.envelope(), soonest.until(), clock.instant());
    var why = new Observed(NO_ANSWER, soonest.toString());
    putAside(taken, message, why, rest, Obstacle.NO_ANSWER);
  }

  /// Nothing was tried, so this is no attempt. Only when its sender must be told something, of a
  /// delay or of the end, it counts as one.
  private void putAside(
      Taken taken, MessageSource message, Observed why, Duration wait, Obstacle obstacle)
      throws Closed {
    var envelope = taken.envelope();
    var now = clock.instant();
    if (policy.owesWord(envelope, obstacle, now)) {
      var word = new Deferred(Scope.HOST, why);
      var verdicts = new LinkedHashMap<Recipient, Verdict>();
      for (var recipient : envelope.recipients())
        verdicts.put(recipient, policy.untried(word, envelope, obstacle, now));
      settle(taken, message, Attempted.nothing(envelope, word), verdicts, now);
      return;
    }
    var aside = policy.aside(envelope, wait, now);
    queue.defer(taken.envelopeByReference().postponed(aside.until()), aside.delay());
    events.postponed(envelope, why, aside.until());
    taken.settle();
  }

  /// Has a part of a message go on by itself, as soon as a message put aside can.
  void sendAfter(Taken part) throws Closed {
    var aside = policy.aside(part.envelope(), Duration.ZERO, clock.instant());
    queue.defer(part.envelopeByReference().postponed(aside.until()), aside.delay());
    events.postponed(part.envelope(), PARTED, aside.until());
    part.settle();
  }

  /// Puts a message where it stays until an operator releases it.
  ///
  /// @param told tells of it, before it is settled
  void hold(Taken taken, Runnable told) throws Closed {
    queue.hold(taken.envelopeByReference());
    told.run();
    taken.settle();
  }

  /// Ends a message as an operator ordered.
  void end(Taken taken, MessageSource message, Ending ending) throws Closed {
    returns.end(taken, message, ending, clock.instant());
    taken.settle();
  }

  /// Since when a message could go.
  Instant ready(Envelope message) {
    return policy.ready(message);
  }

  /// Nobody waits for the queue any longer; what is not settled stays so.
  void close() {
    queue.close();
  }

  private Map<Recipient, Verdict> verdicts(Envelope envelope, Attempted attempted, Instant now) {
    var verdicts = new LinkedHashMap<Recipient, Verdict>();
    attempted
        .outcomes()
        .forEach((r, outcome) -> verdicts.put(r, policy.decide(outcome, envelope, now)));
    return verdicts;
  }

  /// Why trying again is no use, for a reason of ours; the sender is not told of it.
  private static Optional<String> hopeless(Envelope envelope, Attempted attempted) {
    if (attempted.gone().isPresent())
      return Optional.of("content is gone: " + attempted.gone().get().getMessage());
    if (attempted.bug().isEmpty()) return Optional.empty();
    var strikes = 1 + envelope.attempts().stream().filter(Outlet::isStrike).count();
    return strikes < MOST_STRIKES
        ? Optional.empty()
        : Optional.of(
            Attempted.INTERNAL_ERROR
                + ", "
                + strikes
                + " times: "
                + Faults.summary(attempted.bug().get()));
  }

  private static boolean isStrike(Attempt attempt) {
    return attempt.said().equals(Attempted.INTERNAL_ERROR);
  }

  private void retry(
      Taken taken, Map<Recipient, Verdict> verdicts, Optional<MxHost> tried, Instant now)
      throws Closed {
    var waiting = new ArrayList<Recipient>();
    Optional<Verdict.RetryAt> first = Optional.empty();
    for (var entry : verdicts.entrySet()) {
      if (!(entry.getValue() instanceof Verdict.RetryAt retry)) continue;
      waiting.add(entry.getKey());
      if (first.isEmpty()) first = Optional.of(retry);
    }
    if (first.isEmpty()) return;
    // One message, one history: all of its recipients have the same delay.
    var attempt = attempt(first.get(), tried, now);
    var envelope = taken.envelopeByReference().forRecipients(waiting);
    queue.defer(envelope.deferred(attempt, first.get().at()), first.get().delay());
  }

  private Attempt attempt(Verdict.RetryAt retry, Optional<MxHost> tried, Instant now) {
    var said = retry.evidence().text();
    var cut = said.substring(0, Math.min(said.length(), LONGEST_SAID));
    return new Attempt(now, node, tried.map(MxHost::toString).orElse(""), cut);
  }

  /// What a sender may want to hear.
  private List<Fate> fates(Envelope message, Map<Recipient, Verdict> verdicts, Instant now) {
    var fates = new ArrayList<Fate>();
    verdicts.forEach((to, verdict) -> {
      switch (verdict) {
        case Verdict.Settle(var evidence, var notifies) -> {
          if (!notifies) fates.add(new Fate.Relayed(to, evidence, now));
        }
        case Verdict.RetryAt retry -> {
          if (policy.warns(message, now))
            fates.add(new Fate.Delayed(to, retry.evidence(), now, policy.promised(message, now)));
        }
        case Verdict.Bounce(_, var evidence, var expired) ->
            fates.add(
                expired ? new Fate.Expired(to, evidence, now) : new Fate.Failed(to, evidence, now));
      }
    });
    return fates;
  }

  private void buryRest(Taken taken, Map<Recipient, Verdict> verdicts, String why) throws Closed {
    var rest =
        taken.envelope().recipients().stream().filter(r -> !verdicts.containsKey(r)).toList();
    if (!rest.isEmpty()) returns.bury(taken, taken.envelope().forRecipients(rest), why);
  }
}
