package io.posthouse.storage.intake;

import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.storage.mailbox.Rules.Sequel;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Faults;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does what follows from storing a message, or from not storing it, before the message is settled;
/// again and again where something does not answer, without holding up the caller.
final class Sequels {
  private final Events events;
  private final Undertaker undertaker;
  private final CountDownLatch closed = new CountDownLatch(1);

  Sequels(Events events, Undertaker undertaker) {
    this.events = events;
    this.undertaker = undertaker;
  }

  /// @param then is run when all is durable
  void complete(Waiting message, Optional<Sequel> sequel, Runnable then) {
    if (sequel.isEmpty()) then.run();
    else
      Thread.ofVirtual()
          .name("storage sequel " + message.taken().envelope().queueId())
          .start(() -> complete(message, sequel.get(), then));
  }

  /// What is not settled then is taken again.
  void close() {
    closed.countDown();
  }

  private void complete(Waiting message, Sequel sequel, Runnable then) {
    try {
      while (!isComplete(sequel)) {
        if (closed.await(1, TimeUnit.SECONDS)) return;
      }
      then.run();
    } catch (Closed | InterruptedException ending) {
      // Not settled, so it is taken again, and what was done is not done twice.
    } catch (RuntimeException bug) {
      var id = message.taken().envelope().queueId();
      events.record(new MailEvent.Bug(Optional.of(id), "doing what a user's rules ask for", bug));
      undertaker.buryUntilTaken(
          message.taken(), "stored, but a user's rules failed: " + Faults.summary(bug));
    }
  }

  private static boolean isComplete(Sequel sequel) throws Closed {
    try {
      sequel.complete();
      return true;
    } catch (IOException unanswered) {
      return false;
    }
  }
}
