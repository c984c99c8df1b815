package io.posthouse.delivery.attempt;

import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.breaker.FamilyTrial;
import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Said;
import io.posthouse.delivery.conversation.Transaction;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Site;
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
import io.posthouse.smtp.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One attempt under way: what is known so far, and what may still be tried. Used by one thread.
final class Delivery implements AutoCloseable {
  private static final EnhancedStatus NO_ANSWER = EnhancedStatus.of("4.4.1");
  private static final EnhancedStatus OUR_TROUBLE = EnhancedStatus.of("4.3.0");

  private record Road(String pool, Family family) {}

  private final Envelope envelope;
  private final MessageSource message;
  private final Site site;
  private final Breakers breakers;
  private final AttemptLimits limits;
  private final Visit visit;
  private final OutcomeLedger ledger;
  private final Map<Road, FamilyTrial> families = new HashMap<>();
  private final Set<Family> silent = EnumSet.noneOf(Family.class);
  private final List<LeftAlone> leftAlone = new ArrayList<>();
  private final long started = System.nanoTime();
  private int addressesLeft;
  private int hostsLeft;
  private boolean asked;
  private boolean begunHere;
  private boolean passedOver;
  private @Nullable MxHost lastTried;
  private @Nullable ContentGone gone;
  private @Nullable Throwable bug;

  Delivery(
      Envelope envelope,
      MessageSource message,
      Site site,
      Breakers breakers,
      AttemptLimits limits,
      Visit visit) {
    this.envelope = envelope;
    this.message = message;
    this.site = site;
    this.breakers = breakers;
    this.limits = limits;
    this.visit = visit;
    this.ledger = new OutcomeLedger(envelope.recipients());
    this.hostsLeft = limits.hosts();
    this.addressesLeft = limits.addresses();
  }

  Envelope envelope() {
    return envelope;
  }

  Visit visit() {
    return visit;
  }

  boolean isOver() {
    return ledger.isSettled() || addressesLeft == 0 || gone != null || isTooLong();
  }

  /// Whether the next host may be tried. One that was left alone does not count.
  boolean goesOn() {
    if (begunHere) hostsLeft--;
    begunHere = false;
    return !isOver() && hostsLeft > 0;
  }

  void settleRest(DeliveryOutcome outcome) {
    ledger.settleRest(outcome);
  }

  /// A host that nothing can be said about, or that may not be tried now.
  void passOver(DeliveryOutcome outcome) {
    asked = true;
    passedOver = true;
    ledger.noteRest(outcome);
  }

  /// What tells a sender is rather sent in the clear than lost (RFC 8689 §5).
  boolean requiresTls() {
    return envelope.parameters().requireTls() && envelope.reversePath().sender().isPresent();
  }

  /// Our bug is never their bounce: who has no outcome yet waits.
  void stopFor(Throwable cause) {
    bug = cause;
    ledger.settleRest(
        new Deferred(Scope.MESSAGE, new Observed(OUR_TROUBLE, Attempted.INTERNAL_ERROR)));
  }

  /// Every address of every host was tried, left alone or passed over.
  void hasTriedEverything() {
    if (!passedOver) families.values().forEach(FamilyTrial::failsEverywhere);
  }

  /// What becomes of the family of this address.
  FamilyTrial family(MxHost mx, Approach approach) {
    return family(mx.family(), approach.manner());
  }

  /// Which family goes first among these.
  Family first(List<MxHost> addresses, Approach approach) {
    var several = addresses.stream().map(MxHost::family).distinct().count() > 1;
    if (!several) return addresses.getFirst().family();
    return family(Family.IPV6, approach.manner()).goesFirst()
            || !family(Family.IPV4, approach.manner()).goesFirst()
        ? Family.IPV6
        : Family.IPV4;
  }

  /// Whether all of these are left alone now; then it is noted why.
  boolean leaves(List<MxHost> addresses, Manner manner) {
    var reasons = addresses.stream().map(mx -> leftAlone(mx, manner)).toList();
    if (reasons.stream().anyMatch(Optional::isEmpty)) return false;
    reasons.forEach(reason -> leave(reason.orElseThrow()));
    return true;
  }

  /// An address of this family gave no sign in this attempt.
  void isSilent(Family family) {
    silent.add(family);
  }

  boolean wereSilent(List<MxHost> addresses) {
    return addresses.stream().allMatch(mx -> silent.contains(mx.family()));
  }

  /// Empty if this address is not to be tried, now or any more.
  Optional<Way> begin(MxHost mx, Approach approach) {
    if (isOver()) return Optional.empty();
    var family = family(mx, approach);
    var refusal = family.refusal();
    if (refusal.isPresent()) return leave(refusal.get());
    var breaker = breakers.of(mx);
    var permit = breaker.ask();
    if (permit.isEmpty()) return leave(breaker.leftAlone());
    addressesLeft--;
    asked = true;
    begunHere = true;
    visit.connected();
    visit.goesTo(mx);
    return Optional.of(new Way(mx, permit, family));
  }

  /// Those another address may still do something for.
  List<Recipient> waiting() {
    return ledger.open();
  }

  /// As many of them as go into one transaction.
  List<Recipient> portion(List<Recipient> waiting) {
    return waiting.subList(0, Math.min(visit.limits().recipients().value(), waiting.size()));
  }

  Transaction transaction(List<Recipient> portion) {
    return new Transaction(envelope, portion, message);
  }

  /// What an address said to a portion of the recipients, or that it said nothing.
  ///
  /// @return those who go next over the same connection: those the host was not asked about, the
  ///   rest and, if anybody got through, those for whom the transaction was too full
  List<Recipient> note(MxHost mx, Heard heard, List<Recipient> portion, List<Recipient> rest) {
    asked = true;
    lastTried = mx;
    for (var said : heard.said()) ledger.put(said.recipient(), judged(mx, said));
    heard.rest().ifPresent(judged -> heard.unanswered(portion).forEach(r -> ledger.put(r, judged)));
    heard.contentGone().ifPresent(cause -> gone = cause);
    if (!heard.lasts()) {
      heard.rest().ifPresent(judged -> rest.forEach(r -> ledger.put(r, judged)));
      return List.of();
    }
    var next = new ArrayList<Recipient>();
    if (heard.rest().isEmpty()) next.addAll(heard.unanswered(portion));
    next.addAll(rest);
    if (heard.somebodyGotThrough()) next.addAll(heard.crowdedOut());
    return next;
  }

  private Judged judged(MxHost mx, Said said) {
    var judged = Judgement.of(mx, said);
    if (said.reply().isPositive()) return judged;
    return Reacting.to(judged, visit.refused(envelope, mx, said.reply()));
  }

  Attempted result() {
    var nobodyAsked =
        new Deferred(Scope.HOST, new Observed(NO_ANSWER, "no address could be tried"));
    return new Attempted(
        gone == null ? ledger.outcomes(nobodyAsked) : ledger.settled(),
        Optional.ofNullable(lastTried),
        Optional.ofNullable(gone),
        Optional.ofNullable(bug),
        asked || bug != null ? Optional.empty() : soonest(),
        Duration.ofNanos(System.nanoTime() - started));
  }

  /// Gives back what was permitted.
  @Override
  public void close() {
    families.values().forEach(FamilyTrial::close);
  }

  private Optional<LeftAlone> leftAlone(MxHost mx, Manner manner) {
    return family(mx.family(), manner).leftAlone().or(breakers.of(mx)::leftAloneNow);
  }

  private FamilyTrial family(Family family, Manner manner) {
    return families.computeIfAbsent(
        new Road(manner.egress().name(), family),
        road -> breakers.trial(site, road.pool(), road.family()));
  }

  private Optional<Way> leave(LeftAlone alone) {
    leftAlone.add(alone);
    ledger.noteRest(new Deferred(Scope.HOST, new Observed(NO_ANSWER, alone.toString())));
    return Optional.empty();
  }

  /// When the first of what was left alone may be tried.
  private Optional<LeftAlone> soonest() {
    return leftAlone.stream().min(Comparator.comparing(LeftAlone::until));
  }

  /// Nothing new is begun then; what is under way takes the time it takes.
  private boolean isTooLong() {
    return asked && System.nanoTime() - started > limits.time().toNanos();
  }
}
