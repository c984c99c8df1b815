package io.posthouse.delivery.intake;

import io.posthouse.address.Domain;
import io.posthouse.delivery.attempt.DeliveryAttempt;
import io.posthouse.delivery.routing.MailRoutes;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.shaping.Shaping;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.QueueReader;
import io.posthouse.queue.Taken;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A virtual thread for each message taken: a slot of its destination, a slot of the worker, an
/// attempt, and its outcomes into the queue.
public final class DeliveryIntake implements QueueReader.Intake {
  private final ContentStore contents;
  private final MailRoutes routes;
  private final DeliveryAttempt attempts;
  private final Outlet outlet;
  private final DeliveryEvents events;
  private final DeliveryMetrics metrics;
  private final Shaping shaping;
  private final DestinationSlots destinations;
  private final Semaphore deliveries;
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger delivering = new AtomicInteger();

  public DeliveryIntake(
      ContentStore contents,
      MailRoutes routes,
      DeliveryAttempt attempts,
      Outlet outlet,
      DeliveryEvents events,
      DeliveryMetrics metrics,
      Shaping shaping,
      Slots slots) {
    this.contents = contents;
    this.routes = routes;
    this.attempts = attempts;
    this.outlet = outlet;
    this.events = events;
    this.metrics = metrics;
    this.shaping = shaping;
    this.destinations = new DestinationSlots(slots.patience());
    this.deliveries = new Semaphore(slots.deliveries());
  }

  @Override
  public void take(Taken taken) {
    held.incrementAndGet();
    Thread.ofVirtual().name("delivery " + taken.envelope().queueId()).start(() -> handle(taken));
  }

  /// Messages taken and not settled.
  public int held() {
    return held.get();
  }

  /// Attempts under way.
  public int delivering() {
    return delivering.get();
  }

  /// Deliveries under way go on as far as they can; none waits for the queue any longer.
  public void close() {
    outlet.close();
  }

  private void handle(Taken taken) {
    try {
      deliver(taken);
    } catch (Closed | InterruptedException ending) {
      // Not settled, so the message is taken again after a restart, here or elsewhere.
    } catch (RuntimeException bug) {
      // Not settled either: whatever could not be recorded must not be forgotten.
      events.bug(taken.envelope().queueId(), bug);
    } finally {
      held.decrementAndGet();
    }
  }

  private void deliver(Taken taken) throws Closed, InterruptedException {
    var domain = domain(taken.envelope());
    if (domain.isEmpty()) {
      outlet.bury(taken, "not for one remote domain: " + taken.envelope().destinations());
      return;
    }
    var route = route(domain.get(), taken.envelope());
    var share = shaping.share(domain.get(), route);
    var most = share.limits().most().value();
    var slot = destinations.enter(share.name(), most);
    if (slot.isEmpty()) {
      metrics.postponed();
      outlet.postpone(taken, most + " deliveries to " + share.name() + " go on");
      return;
    }
    try (var _ = slot.get()) {
      attempt(taken, domain.get(), route, Visit.within(share.limits()));
    }
  }

  private Route route(Domain domain, Envelope envelope) {
    try {
      return routes.lookup(domain, envelope.reversePath());
    } catch (RuntimeException bug) {
      return new Route.Fault(bug);
    }
  }

  private void attempt(Taken taken, Domain domain, Route route, Visit visit)
      throws Closed, InterruptedException {
    deliveries.acquire();
    delivering.incrementAndGet();
    try {
      var envelope = taken.envelope();
      var message = message(envelope);
      var attempted = attempts.run(domain, route, envelope, message, visit);
      metrics.attempted(attempted.took());
      attempted.bug().ifPresent(bug -> events.bug(envelope.queueId(), bug));
      outlet.settle(taken, message, attempted);
    } finally {
      delivering.decrementAndGet();
      deliveries.release();
    }
  }

  /// The trace we prepend, then the content.
  private MessageSource message(Envelope envelope) {
    return () ->
        new SequenceInputStream(
            envelope.trace().input(), contents.open(envelope.queueId(), envelope.content()));
  }

  private static Optional<Domain> domain(Envelope envelope) {
    var destinations = envelope.destinations();
    return destinations.size() == 1
            && destinations.getFirst() instanceof Destination.Remote(var domain)
        ? Optional.of(domain)
        : Optional.empty();
  }
}
