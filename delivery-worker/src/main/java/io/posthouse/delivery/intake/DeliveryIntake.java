package io.posthouse.delivery.intake;

import io.posthouse.address.Domain;
import io.posthouse.delivery.attempt.Attempted;
import io.posthouse.delivery.attempt.DeliveryAttempt;
import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.intake.Turnstile.Entry;
import io.posthouse.delivery.routing.MailRoutes;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.shaping.Answer;
import io.posthouse.delivery.shaping.Reactions;
import io.posthouse.delivery.shaping.Shaping;
import io.posthouse.delivery.shaping.Share;
import io.posthouse.delivery.shaping.SiteStanding;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.node.Work;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.QueueReader;
import io.posthouse.queue.Taken;
import io.posthouse.smtp.EnhancedStatus;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// A virtual thread for each message taken: its turn at its site, an attempt, and its outcomes into
/// the queue.
public final class DeliveryIntake implements QueueReader.Intake {
  /// RFC 3463 §3.5: mail system congestion, which here is ours.
  private static final EnhancedStatus BUSY = EnhancedStatus.of("4.4.5");

  private final ContentStore contents;
  private final MailRoutes routes;
  private final DeliveryAttempt attempts;
  private final Outlet outlet;
  private final DeliveryEvents events;
  private final DeliveryMetrics metrics;
  private final Shaping shaping;
  private final Reactions reactions;
  private final Predicate<Route> idleConnection;
  private final Obedience obedience;
  private final Turnstile turnstile;
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong octets = new AtomicLong();
  private final InHand inHand = new InHand(System::nanoTime);

  /// @param idleConnection whether a connection to a host of the route is open and idle
  /// @param directives what operators order about what is taken
  public DeliveryIntake(
      ContentStore contents,
      MailRoutes routes,
      DeliveryAttempt attempts,
      Outlet outlet,
      DeliveryEvents events,
      DeliveryMetrics metrics,
      Shaping shaping,
      Reactions reactions,
      Predicate<Route> idleConnection,
      DirectiveTable directives,
      Slots slots) {
    this.contents = contents;
    this.routes = routes;
    this.attempts = attempts;
    this.outlet = outlet;
    this.events = events;
    this.metrics = metrics;
    this.shaping = shaping;
    this.reactions = reactions;
    this.idleConnection = idleConnection;
    this.obedience = new Obedience(directives, outlet, events, this::message, this::deliver);
    this.turnstile = new Turnstile(slots, octets::get, System::nanoTime);
  }

  @Override
  public void take(Taken taken) {
    held.incrementAndGet();
    octets.addAndGet(octets(taken.envelope()));
    Thread.ofVirtual().name("delivery " + taken.envelope().queueId()).start(() -> handle(taken));
  }

  /// Messages taken and not settled.
  public int held() {
    return held.get();
  }

  /// Attempts under way.
  public int delivering() {
    return turnstile.active();
  }

  /// How the sites stand that are remembered, busy or not.
  public List<SiteStanding> standings() {
    return turnstile.standings();
  }

  /// How one of them stands, if it is remembered.
  ///
  /// @param share its name
  public Optional<SiteStanding> standing(String share) {
    return turnstile.standing(share);
  }

  /// Messages under way, and those that wait for their turns; of sites nothing is said.
  public Work work(Instant now) {
    return inHand.work(now);
  }

  /// Deliveries under way go on as far as they can; none waits for the queue any longer.
  public void close() {
    outlet.close();
  }

  private void handle(Taken taken) {
    try {
      obedience.obey(taken);
    } catch (Closed | InterruptedException ending) {
      // Not settled, so the message is taken again after a restart, here or elsewhere.
    } catch (RuntimeException | Error bug) {
      // Not settled either: whatever could not be recorded must not be forgotten.
      events.bug(taken.envelope().queueId(), bug);
    } finally {
      octets.addAndGet(-octets(taken.envelope()));
      held.decrementAndGet();
    }
  }

  private void deliver(Taken taken) throws Closed, InterruptedException {
    var domain = domain(taken.envelope());
    if (domain.isEmpty()) {
      outlet.bury(taken, "not for one remote domain: " + taken.envelope().destinations());
      return;
    }
    try (var message = inHand.begin(taken.envelope().queueId(), domain.get())) {
      deliver(taken, domain.get(), message);
    }
  }

  private void deliver(Taken taken, Domain domain, InHand.Held message)
      throws Closed, InterruptedException {
    var route = route(domain, taken.envelope());
    var share = shaping.share(domain, route);
    var routed = Routed.to(share.site(), taken);
    // Who means the site means it before its turn: where all is held, nothing waits for a slot.
    if (obedience.isOrdered(routed)) obedience.obey(routed);
    else visit(routed, domain, route, share, message);
  }

  private void visit(Taken taken, Domain domain, Route route, Share share, InHand.Held message)
      throws Closed, InterruptedException {
    var ready = outlet.ready(taken.envelope());
    message.waits(share.name(), ready);
    switch (turnstile.enter(share, ready, () -> idleConnection.test(route))) {
      case Entry.Admitted(var passage) -> {
        message.goes(share.name());
        var visit =
            new SiteVisit(
                share.limits(),
                passage,
                message,
                reply -> reactions.to(reply, domain, route),
                events);
        attempt(taken, domain, route, visit);
      }
      case Entry.PutAside(var aside) -> putAside(taken, aside);
    }
  }

  private void putAside(Taken taken, Answer.Aside aside) throws Closed {
    metrics.postponed(aside.reason());
    var why = new Observed(BUSY, aside.why());
    outlet.postpone(taken, message(taken.envelope()), why, aside.time());
  }

  private Route route(Domain domain, Envelope envelope) {
    try {
      return envelope
          .orders()
          .nextHop()
          .map(hop -> routes.via(hop, envelope.reversePath()))
          .orElseGet(() -> routes.lookup(domain, envelope.reversePath()));
    } catch (RuntimeException | Error bug) {
      return new Route.Fault(bug);
    }
  }

  /// It may have waited for its turn; if somebody has ordered something since, the turn ends first.
  /// Who is left alone began nothing, and keeps nobody of the same site waiting for Kafka: a
  /// hundred thousand for a dead site are put aside as fast as they are read.
  private void attempt(Taken taken, Domain domain, Route route, SiteVisit visit)
      throws Closed, InterruptedException {
    var message = message(taken.envelope());
    boolean isOrdered;
    Optional<LeftAlone> leftAlone;
    try (visit) {
      isOrdered = obedience.isOrdered(taken);
      leftAlone = isOrdered ? Optional.empty() : attempt(taken, domain, route, message, visit);
    }
    if (isOrdered) obedience.obey(taken);
    if (leftAlone.isPresent()) leave(taken, message, leftAlone.get());
  }

  /// Its slot is free only when the outcome is durable: without Kafka nothing more is begun.
  private Optional<LeftAlone> attempt(
      Taken taken, Domain domain, Route route, MessageSource message, SiteVisit visit)
      throws Closed {
    var envelope = taken.envelope();
    var attempted = attempts.run(domain, route, envelope, message, visit);
    visit.came(attempted);
    attempted.bug().ifPresent(bug -> events.bug(envelope.queueId(), bug));
    if (attempted.leftAlone().isEmpty()) settle(taken, message, attempted);
    return attempted.leftAlone();
  }

  private void settle(Taken taken, MessageSource message, Attempted attempted) throws Closed {
    metrics.attempted(attempted.took());
    outlet.settle(taken, message, attempted);
  }

  private void leave(Taken taken, MessageSource message, LeftAlone soonest) throws Closed {
    metrics.leftAlone();
    outlet.leave(taken, message, soonest);
  }

  /// The trace we prepend, then the content.
  private MessageSource message(Envelope envelope) {
    return () ->
        new SequenceInputStream(
            envelope.trace().input(), contents.open(envelope.queueId(), envelope.content()));
  }

  /// About what its record keeps in memory.
  private static long octets(Envelope envelope) {
    return switch (envelope.content()) {
      case Content.Inline _ -> envelope.size();
      case Content.Chunked _, Content.InRecord _ -> envelope.trace().length();
    };
  }

  private static Optional<Domain> domain(Envelope envelope) {
    var destinations = envelope.destinations();
    return destinations.size() == 1
            && destinations.getFirst() instanceof Destination.Remote(var domain)
        ? Optional.of(domain)
        : Optional.empty();
  }
}
