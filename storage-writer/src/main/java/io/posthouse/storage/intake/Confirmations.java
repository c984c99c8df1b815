package io.posthouse.storage.intake;

import io.posthouse.bounce.Fate;
import io.posthouse.bounce.Notifier;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Receipts;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Tells senders who asked for it (NOTIFY=SUCCESS, RFC 3461 §4.1) that their mail lies in the
/// mailbox, once, whatever is replayed: what was told is remembered beside the copy. To die between
/// the DSN and that mark makes the same DSN again, with the same queue id.
final class Confirmations {
  private static final Observed STORED =
      new Observed(EnhancedStatus.of("2.1.5"), "stored in the mailbox");
  private static final Errands.Kind CONFIRMATION =
      new Errands.Kind(
          "confirmation",
          "telling that a message is stored",
          "stored, but its sender was not told");

  private final Receipts receipts;
  private final Notifier notifier;
  private final InstantSource clock;
  private final Errands errands;

  Confirmations(Receipts receipts, Notifier notifier, InstantSource clock, Errands errands) {
    this.receipts = receipts;
    this.notifier = notifier;
    this.clock = clock;
    this.errands = errands;
  }

  /// Settles a message that is stored, its sender having been told before if it wants to be. Does
  /// not wait for that.
  void settle(Waiting message, Delivery delivery) {
    if (isAskedFor(delivery.envelope())) confirm(message.taken(), delivery, clock.instant());
    else message.taken().settle();
  }

  void close() {
    notifier.queue().close();
  }

  private void confirm(Taken taken, Delivery delivery, Instant stored) {
    errands.start(
        CONFIRMATION,
        taken,
        () -> {
          if (!receipts.isTold(delivery.key())) tell(delivery, stored);
          taken.settle();
        });
  }

  private void tell(Delivery delivery, Instant stored) throws IOException, Closed {
    var envelope = delivery.envelope();
    notifier.tell(envelope, message(delivery), fates(envelope, stored), stored);
    receipts.told(delivery.key());
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
