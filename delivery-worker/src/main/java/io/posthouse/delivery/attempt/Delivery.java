package io.posthouse.delivery.attempt;

import io.posthouse.delivery.breaker.Health;
import io.posthouse.delivery.breaker.HostBreaker;
import io.posthouse.delivery.breaker.HostBreakers;
import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Said;
import io.posthouse.delivery.conversation.Transaction;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.smtp.EnhancedStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One attempt under way: the addresses in turn, and what came of them. Used by one thread.
final class Delivery {
  private static final EnhancedStatus NO_ANSWER = EnhancedStatus.of("4.4.1");
  private static final EnhancedStatus OUR_TROUBLE = EnhancedStatus.of("4.3.0");

  private final Envelope envelope;
  private final MessageSource message;
  private final AddressTrial trial;
  private final HostBreakers breakers;
  private final Visit visit;
  private final OutcomeLedger ledger;
  private final long started = System.nanoTime();
  private int addressesLeft;
  private @Nullable MxHost lastTried;
  private @Nullable ContentGone gone;
  private @Nullable RuntimeException bug;

  Delivery(
      Envelope envelope,
      MessageSource message,
      AddressTrial trial,
      HostBreakers breakers,
      AttemptLimits limits,
      Visit visit) {
    this.envelope = envelope;
    this.message = message;
    this.trial = trial;
    this.breakers = breakers;
    this.visit = visit;
    this.ledger = new OutcomeLedger(envelope.recipients());
    this.addressesLeft = limits.addresses();
  }

  boolean isOver() {
    return ledger.isSettled() || addressesLeft == 0 || gone != null;
  }

  void settleRest(DeliveryOutcome outcome) {
    ledger.settleRest(outcome);
  }

  void noteRest(DeliveryOutcome outcome) {
    ledger.noteRest(outcome);
  }

  /// Our bug is never their bounce: who has no outcome yet waits.
  void stopFor(RuntimeException cause) {
    bug = cause;
    ledger.settleRest(
        new Deferred(Scope.MESSAGE, new Observed(OUR_TROUBLE, Attempted.INTERNAL_ERROR)));
  }

  void tryEach(List<MxHost> addresses, Approach approach) {
    for (var mx : addresses) {
      if (isOver()) return;
      addressesLeft--;
      var breaker = breakers.of(mx);
      breaker
          .ask()
          .ifPresentOrElse(permit -> converse(mx, approach, permit), () -> skip(mx, breaker));
    }
  }

  Attempted result() {
    var nobodyAsked =
        new Deferred(Scope.HOST, new Observed(NO_ANSWER, "no address could be tried"));
    return new Attempted(
        gone == null ? ledger.outcomes(nobodyAsked) : ledger.settled(),
        Optional.ofNullable(lastTried),
        Optional.ofNullable(gone),
        Optional.ofNullable(bug),
        Duration.ofNanos(System.nanoTime() - started));
  }

  private void skip(MxHost mx, HostBreaker breaker) {
    ledger.noteRest(
        new Deferred(
            Scope.HOST, new Observed(NO_ANSWER, mx + " is left alone: " + breaker.lastFailure())));
  }

  private void converse(MxHost mx, Approach approach, HostBreaker.Permit permit) {
    lastTried = mx;
    var most = visit.limits().recipients().value();
    Health health = new Health.Unknown();
    try {
      var waiting = ledger.open();
      while (!waiting.isEmpty()) {
        var batch = waiting.subList(0, Math.min(most, waiting.size()));
        var heard = trial.send(mx, approach, new Transaction(envelope, batch, message), visit);
        health = heard.health();
        note(mx, batch, heard);
        waiting = next(heard, waiting.subList(batch.size(), waiting.size()));
      }
    } finally {
      permit.report(health);
    }
  }

  private void note(MxHost mx, List<Recipient> batch, Heard heard) {
    for (var said : heard.said()) ledger.put(said.recipient(), judged(mx, said));
    heard.rest().ifPresent(judged -> heard.unanswered(batch).forEach(r -> ledger.put(r, judged)));
    heard.contentGone().ifPresent(cause -> gone = cause);
  }

  private Judged judged(MxHost mx, Said said) {
    var judged = Judgement.of(mx, said);
    if (said.reply().isPositive()) return judged;
    return Reacting.to(judged, visit.refused(envelope, mx, said.reply()));
  }

  /// Those who go next over the same connection: the rest and, if anybody got through, those for
  /// whom the transaction was too full.
  private List<Recipient> next(Heard heard, List<Recipient> rest) {
    if (!heard.lasts()) {
      heard.rest().ifPresent(judged -> rest.forEach(r -> ledger.put(r, judged)));
      return List.of();
    }
    var next = new ArrayList<>(rest);
    if (heard.somebodyGotThrough()) next.addAll(heard.crowdedOut());
    return next;
  }
}
