package io.posthouse.storage.intake;

import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Faults;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What is done for a message beside the writers, each errand on a thread of its own; again each
/// second where something does not answer, without holding up the caller. What an error of ours
/// keeps from being done is put among the dead letters.
final class Errands {
  private final Events events;
  private final Undertaker undertaker;
  private final CountDownLatch closed = new CountDownLatch(1);

  Errands(Events events, Undertaker undertaker) {
    this.events = events;
    this.undertaker = undertaker;
  }

  /// What an errand is about, in the words of logs and dead letters.
  ///
  /// @param name of its thread
  /// @param doing what we were doing when an error of ours came up: `sending a message on`
  /// @param failed what that error means for the message: `cannot be sent on`
  record Kind(String name, String doing, String failed) {}

  /// Something that ends with its message settled.
  @FunctionalInterface
  interface Errand {
    /// Safe to be run again after it broke off.
    ///
    /// @throws IOException if something it needs does not answer: to be run again
    /// @throws Closed if this process ends
    void run() throws IOException, Closed, InterruptedException;
  }

  void start(Kind kind, Taken taken, Errand errand) {
    Thread.ofVirtual()
        .name("storage " + kind.name() + " " + taken.envelope().queueId())
        .start(() -> runUntilDone(kind, taken, errand));
  }

  /// What is not settled then is taken again.
  void close() {
    closed.countDown();
  }

  private void runUntilDone(Kind kind, Taken taken, Errand errand) {
    try {
      while (!isDone(errand)) {
        if (closed.await(1, TimeUnit.SECONDS)) return;
      }
    } catch (Closed | InterruptedException ending) {
      // Not settled, so it is taken again, and what was done is not done twice.
    } catch (RuntimeException | Error bug) {
      var id = taken.envelope().queueId();
      events.record(new MailEvent.Bug(Optional.of(id), kind.doing(), bug));
      undertaker.buryUntilTaken(taken, kind.failed() + ": " + Faults.summary(bug));
    }
  }

  private static boolean isDone(Errand errand) throws Closed, InterruptedException {
    try {
      errand.run();
      return true;
    } catch (IOException unanswered) {
      return false;
    }
  }
}
