package io.posthouse.delivery.intake;

import io.posthouse.delivery.attempt.Attempted;
import io.posthouse.delivery.bounce.Failure;
import io.posthouse.delivery.bounce.HeaderSection;
import io.posthouse.delivery.bounce.Reporter;
import io.posthouse.delivery.intake.DurableQueue.Closed;
import io.posthouse.delivery.retry.RetryPolicy;
import io.posthouse.delivery.retry.Verdict;
import io.posthouse.message.Attempt;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.MxHost;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.Taken;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where outcomes go: makes them durable, and only then settles the message: to die in between
/// repeats work, the other order would lose a recipient.
public final class Outlet {
  /// Attempts that our own faults may spoil before an operator has to look.
  private static final int MOST_STRIKES = 3;

  /// More of them, with what hosts said of each, might not fit into a record.
  private static final int MOST_IN_A_DSN = 50;

  /// Characters of what was said that go into the history.
  private static final int LONGEST_SAID = 500;

  private final DurableQueue queue;
  private final RetryPolicy policy;
  private final Reporter reporter;
  private final DeliveryEvents events;
  private final String node;
  private final InstantSource clock;

  /// @param node our name in the history of a message
  public Outlet(
      MailQueue queue,
      RetryPolicy policy,
      Reporter reporter,
      DeliveryEvents events,
      String node,
      InstantSource clock) {
    this.queue = new DurableQueue(queue);
    this.policy = policy;
    this.reporter = reporter;
    this.events = events;
    this.node = node;
    this.clock = clock;
  }

  /// With the return of this method no recipient of the message is owed anything that is not in the
  /// queue.
  void settle(Taken taken, MessageSource message, Attempted attempted) throws Closed {
    var now = clock.instant();
    var verdicts = verdicts(taken.envelope(), attempted, now);
    var hopeless = hopeless(taken.envelope(), attempted);
    // Who was settled before our own trouble began keeps what was settled.
    if (hopeless.isPresent()) verdicts.values().removeIf(v -> v instanceof Verdict.RetryAt);
    retry(taken, verdicts, attempted.lastTried(), now);
    var dsns = bounce(taken, message, failures(verdicts, now), now);
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
    bury(taken, taken.envelope(), why);
    taken.settle();
  }

  /// Puts the message aside for a moment: nothing was tried.
  void postpone(Taken taken, String why) throws Closed {
    var delay = policy.shortestDelay();
    var until = clock.instant().plus(delay);
    queue.defer(taken.envelopeByReference().postponed(until), delay);
    events.postponed(taken.envelope(), why, until);
    taken.settle();
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
        : Optional.of(Attempted.INTERNAL_ERROR + ", " + strikes + " times");
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

  private static List<Failure> failures(Map<Recipient, Verdict> verdicts, Instant now) {
    var failures = new ArrayList<Failure>();
    verdicts.forEach((recipient, verdict) -> {
      if (verdict instanceof Verdict.Bounce(_, var evidence, var expired))
        failures.add(new Failure(recipient, evidence, expired, now));
    });
    return failures;
  }

  /// The DSN that tells of each recipient, where there is one.
  private Map<Recipient, QueueId> bounce(
      Taken taken, MessageSource message, List<Failure> failures, Instant now) throws Closed {
    var wanted = failures.stream().filter(Failure::isWanted).toList();
    var told = new HashMap<Recipient, QueueId>();
    for (int from = 0; from < wanted.size(); from += MOST_IN_A_DSN) {
      var some = wanted.subList(from, Math.min(wanted.size(), from + MOST_IN_A_DSN));
      var dsn = reporter.report(taken.envelope(), some, headers(message), now);
      if (dsn.isEmpty()) buryUnreturnable(taken, some);
      else tell(dsn.get(), some, told);
    }
    return told;
  }

  private void tell(Envelope dsn, List<Failure> failures, Map<Recipient, QueueId> told)
      throws Closed {
    queue.put(dsn);
    failures.forEach(failure -> told.put(failure.recipient(), dsn.queueId()));
  }

  /// A null reverse-path is never answered (RFC 5321 §6.1), and nothing is dropped unseen either.
  private void buryUnreturnable(Taken taken, List<Failure> failures) throws Closed {
    var recipients = failures.stream().map(Failure::recipient).toList();
    bury(
        taken,
        taken.envelope().forRecipients(recipients),
        "cannot be delivered nor returned: " + failures.getFirst().evidence().text());
  }

  private void buryRest(Taken taken, Map<Recipient, Verdict> verdicts, String why) throws Closed {
    var rest =
        taken.envelope().recipients().stream().filter(r -> !verdicts.containsKey(r)).toList();
    if (!rest.isEmpty()) bury(taken, taken.envelope().forRecipients(rest), why);
  }

  private void bury(Taken taken, Envelope envelope, String why) throws Closed {
    queue.bury(envelope, why);
    events.buried(envelope.queueId(), taken.position(), why);
  }

  /// A notice without them is better than none.
  private static Octets headers(MessageSource message) {
    try (var octets = message.open()) {
      return HeaderSection.of(octets);
    } catch (IOException unreadable) {
      return Octets.EMPTY;
    }
  }
}
