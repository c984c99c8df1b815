package io.posthouse.storage.intake;

import io.posthouse.directory.AddressId;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
import io.posthouse.storage.mailbox.Redirector;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Faults;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Messages for addresses that no user has, a few at a time, each on a thread of its own, until
/// they are sent on.
final class Redirects {
  private static final int AT_ONCE = 8;

  private final Redirector redirector;
  private final ContentStore contents;
  private final Events events;
  private final Undertaker undertaker;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final CountDownLatch closed = new CountDownLatch(1);

  Redirects(Redirector redirector, ContentStore contents, Events events, Undertaker undertaker) {
    this.redirector = redirector;
    this.contents = contents;
    this.events = events;
    this.undertaker = undertaker;
  }

  void take(Taken taken, AddressId address) {
    var id = taken.envelope().queueId();
    Thread.ofVirtual().name("storage redirect " + id).start(() -> redirect(taken, address));
  }

  /// What is not settled then is taken again.
  void close() {
    closed.countDown();
  }

  private void redirect(Taken taken, AddressId address) {
    try {
      while (!isDone(taken, address)) {
        if (closed.await(1, TimeUnit.SECONDS)) return;
      }
    } catch (Closed | InterruptedException ending) {
      // Not settled, so it is taken again, and what was sent is not sent twice.
    } catch (RuntimeException bug) {
      var id = taken.envelope().queueId();
      events.record(new MailEvent.Bug(Optional.of(id), "sending a message on", bug));
      undertaker.buryUntilTaken(taken, "cannot be sent on: " + Faults.summary(bug));
    }
  }

  private boolean isDone(Taken taken, AddressId address) throws Closed, InterruptedException {
    permits.acquire();
    try {
      var refused = redirector.redirect(taken.envelope(), address, message(taken.envelope()));
      if (refused.isPresent()) undertaker.buryUntilTaken(taken, refused.get());
      // It is durable in the queue for all its targets: our promise ends here.
      else taken.settle();
      return true;
    } catch (ContentGone gone) {
      undertaker.buryUntilTaken(taken, String.valueOf(gone.getMessage()));
      return true;
    } catch (IOException unanswered) {
      return false;
    } finally {
      permits.release();
    }
  }

  private Octets message(Envelope envelope) throws IOException {
    try (var content = contents.open(envelope.queueId(), envelope.content())) {
      return envelope.trace().then(Octets.of(content.readAllBytes()));
    }
  }
}
