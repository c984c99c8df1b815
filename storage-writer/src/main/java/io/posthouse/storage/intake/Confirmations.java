package io.posthouse.storage.intake;

import io.posthouse.bounce.Fate;
import io.posthouse.bounce.Notifier;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Receipts;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Faults;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells senders who asked for it (NOTIFY=SUCCESS, RFC 3461 §4.1) that their mail lies in the
/// mailbox, once, whatever is replayed: what was told is remembered beside the copy. To die between
/// the DSN and that mark makes the same DSN again, with the same queue id.
final class Confirmations {
  private static final Observed STORED =
      new Observed(EnhancedStatus.of("2.1.5"), "stored in the mailbox");

  private final Receipts receipts;
  private final Notifier notifier;
  private final Events events;
  private final InstantSource clock;
  private final Undertaker undertaker;
  private final CountDownLatch closed = new CountDownLatch(1);

  Confirmations(
      Receipts receipts,
      Notifier notifier,
      Events events,
      InstantSource clock,
      Undertaker undertaker) {
    this.receipts = receipts;
    this.notifier = notifier;
    this.events = events;
    this.clock = clock;
    this.undertaker = undertaker;
  }

  /// Settles a message that is stored, its sender having been told before if it wants to be. Does
  /// not wait for that.
  void settle(Waiting message, Delivery delivery) {
    if (!isAskedFor(delivery.envelope())) message.taken().settle();
    else
      Thread.ofVirtual()
          .name("storage confirmation " + delivery.envelope().queueId())
          .start(() -> confirm(message, delivery, clock.instant()));
  }

  /// What is not settled then is taken again.
  void close() {
    closed.countDown();
    notifier.queue().close();
  }

  private void confirm(Waiting message, Delivery delivery, Instant stored) {
    try {
      while (!isTold(delivery, stored)) {
        if (closed.await(1, TimeUnit.SECONDS)) return;
      }
      message.taken().settle();
    } catch (Closed | InterruptedException ending) {
      // Not settled, so it is taken again, and found to be stored.
    } catch (RuntimeException bug) {
      var id = delivery.envelope().queueId();
      events.record(new MailEvent.Bug(Optional.of(id), "telling that a message is stored", bug));
      undertaker.buryUntilTaken(
          message.taken(), "stored, but its sender was not told: " + Faults.summary(bug));
    }
  }

  /// False where the store does not answer.
  private boolean isTold(Delivery delivery, Instant stored) throws Closed {
    try {
      if (receipts.isTold(delivery.key())) return true;
      var envelope = delivery.envelope();
      notifier.tell(envelope, message(delivery), fates(envelope, stored), stored);
      receipts.told(delivery.key());
      return true;
    } catch (IOException unanswered) {
      return false;
    }
  }

  private static boolean isAskedFor(Envelope envelope) {
    return envelope.returnTo().isPresent()
        && envelope.recipients().stream().anyMatch(to -> to.notifyOn().contains(Notify.SUCCESS));
  }

  private static List<Fate> fates(Envelope envelope, Instant stored) {
    return envelope.recipients().stream()
        .<Fate>map(to -> new Fate.Delivered(to, STORED, stored))
        .toList();
  }

  /// Without the lines of the final delivery, which its sender did not write.
  private static MessageSource message(Delivery delivery) {
    return () -> delivery.sent().input();
  }
}
