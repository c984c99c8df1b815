package io.posthouse.storage.intake;

import io.posthouse.message.Attempt;
import io.posthouse.node.Work;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.storage.intake.Loader.Loaded;
import io.posthouse.storage.intake.StorageWriter.Surroundings;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Handover.Answer;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Messages that another system is to have, one of each user at a time, so that they get there in
/// the order of arrival. They wait here while it does not work, without their content; what it does
/// not want now goes back into the queue for a while, so that nobody waits behind it.
final class Handovers {
  private final Lanes lanes = new Lanes();
  private final Surroundings around;
  private final HandoverTerms terms;
  private final Lanes.Most one;
  private final Loader loader;
  private final Undertaker undertaker;
  private final Suspicion suspicion;
  private final Obedience obedience;
  private final Confirmations confirmations;
  private final List<Thread> hands = new ArrayList<>();
  private final Desk desk;

  /// @param inAll most octets being handed over at a time; one message that is longer is by itself
  Handovers(
      Surroundings around,
      HandoverTerms terms,
      long inAll,
      Loader loader,
      Undertaker undertaker,
      Suspicion suspicion,
      Obedience obedience,
      Confirmations confirmations) {
    this.around = around;
    this.terms = terms;
    this.desk = new Desk(around.clock());
    this.one = new Lanes.Most(1, Long.MAX_VALUE, inAll);
    this.loader = loader;
    this.undertaker = undertaker;
    this.suspicion = suspicion;
    this.obedience = obedience;
    this.confirmations = confirmations;
  }

  void start() {
    for (int i = 0; i < terms.atOnce(); i++)
      hands.add(
          Thread.ofVirtual()
              .name("storage handover " + (i + 1))
              .start(new Writer(lanes, one, obedience, suspicion, desk.watched(this::handOver))));
  }

  void take(Waiting message) {
    lanes.add(message);
  }

  /// Where messages wait.
  Lanes lanes() {
    return lanes;
  }

  /// Messages that nobody is handing over.
  int size() {
    return lanes.size();
  }

  /// What is being handed over, and how much waits for it.
  Work work() {
    return Desk.work(desk.inFlight(), lanes.size());
  }

  /// What is not settled then is taken again.
  void close() {
    lanes.close();
    hands.forEach(Thread::interrupt);
    terms.handover().close();
  }

  /// One message, or what orders made of it: parts that go on one after the other.
  private List<Waiting> handOver(List<Waiting> parts) throws InterruptedException {
    var left = new ArrayList<Waiting>();
    for (var part : parts) left.addAll(handOver(part));
    return left;
  }

  /// Answers with the message if it is to be tried again.
  private List<Waiting> handOver(Waiting message) throws InterruptedException {
    return switch (loader.load(List.of(message)).getFirst()) {
      case Loaded.Ready(var delivery) -> handOver(message, delivery);
      case Loaded.Gone(var why) -> bury(message, why);
      case Loaded.NotNow _ -> List.of(message);
      case Loaded.Fault(var bug) -> suspect(message, bug);
    };
  }

  private List<Waiting> handOver(Waiting message, Delivery delivery) throws InterruptedException {
    try {
      var start = around.clock().instant();
      var answer = terms.handover().handOver(delivery);
      around.mongodb().up();
      return follow(message, delivery, answer, start);
    } catch (IOException unanswered) {
      // Broken off because we end is not down.
      if (!Thread.currentThread().isInterrupted())
        around.mongodb().down(String.valueOf(unanswered.getMessage()));
      return List.of(message);
    } catch (Closed ending) {
      // Not settled, so it is taken again.
      return List.of();
    } catch (RuntimeException | Error bug) {
      return suspect(message, bug);
    }
  }

  private List<Waiting> suspect(Waiting message, Throwable bug) {
    return suspicion.after(
        bug, List.of(message), "handing a message over", "cannot be handed over");
  }

  private List<Waiting> follow(Waiting message, Delivery delivery, Answer answer, Instant start)
      throws Closed {
    return switch (answer) {
      case Answer.Taken(var said, var again) -> {
        record(message, delivery, said, again, start);
        // The other system has it for good: what is left to do is to say so.
        confirmations.settle(message, delivery);
        yield List.of();
      }
      case Answer.Refused(var why) -> bury(message, why);
      case Answer.NotNow(var evidence) -> later(message, delivery, evidence);
      case Answer.Unavailable _ -> List.of(message);
    };
  }

  private void record(
      Waiting message, Delivery delivery, String said, boolean again, Instant start) {
    var took = Duration.between(start, around.clock().instant());
    var envelope = delivery.envelope();
    around
        .events()
        .record(
            new MailEvent.HandedOver(
                envelope.queueId(),
                message.user(),
                message.missing(),
                said,
                envelope.size(),
                again,
                took));
  }

  /// Our mailboxes return nothing because of our own trouble: when its time is over, an operator
  /// has it.
  private List<Waiting> later(Waiting message, Delivery delivery, Evidence evidence) throws Closed {
    var taken = message.taken();
    var envelope = taken.envelopeByReference();
    var now = around.clock().instant();
    if (!now.isBefore(envelope.arrived().plus(terms.retry().expiry())))
      return bury(message, "not taken in time: " + evidence.text());
    var number = envelope.attemptCount() + 1;
    var delay = terms.retry().delayAfter(number);
    var attempt = new Attempt(now, terms.node(), host(evidence), evidence.text());
    around.notifier().queue().defer(envelope.deferred(attempt, now.plus(delay)), delay);
    around
        .events()
        .record(
            new MailEvent.Deferred(
                envelope.queueId(),
                delivery.address(),
                Scope.RECIPIENT,
                evidence,
                number,
                now.plus(delay)));
    // It is durable where it is taken from again: this record has done its part.
    taken.settle();
    return List.of();
  }

  private static String host(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Replied(var server, _) -> server.toString();
      case Evidence.Observed _ -> "";
    };
  }

  private List<Waiting> bury(Waiting message, String why) {
    undertaker.buryUntilTaken(message.taken(), why);
    return List.of();
  }
}
