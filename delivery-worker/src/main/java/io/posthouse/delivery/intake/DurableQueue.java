package io.posthouse.delivery.intake;

import io.posthouse.message.Envelope;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.MailQueue.Put;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A queue that is asked until it says yes: an outcome that is known must not be lost because Kafka
/// is away for an hour. Every call blocks until the record is durable.
final class DurableQueue {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final MailQueue queue;
  private final CountDownLatch closed = new CountDownLatch(1);

  DurableQueue(MailQueue queue) {
    this.queue = queue;
  }

  void put(Envelope envelope) throws Closed {
    untilQueued(() -> queue.put(envelope));
  }

  void defer(Envelope envelope, Duration delay) throws Closed {
    untilQueued(() -> queue.defer(envelope, delay));
  }

  void bury(Envelope envelope, String reason) throws Closed {
    untilQueued(() -> queue.bury(envelope, reason));
  }

  /// Everybody who waits gets [Closed], and nobody waits any more.
  void close() {
    closed.countDown();
  }

  private void untilQueued(Supplier<CompletionStage<Put>> attempt) throws Closed {
    var pause = FIRST_PAUSE;
    while (!isQueued(attempt.get())) {
      waitFor(pause);
      pause = longer(pause);
    }
  }

  private static boolean isQueued(CompletionStage<Put> put) throws Closed {
    try {
      return switch (put.toCompletableFuture().get()) {
        case Put.Queued _ -> true;
        case Put.NotQueued _ -> false;
      };
    } catch (ExecutionException neverByContract) {
      throw new IllegalStateException(neverByContract);
    } catch (InterruptedException e) {
      throw new Closed(e);
    }
  }

  private void waitFor(Duration pause) throws Closed {
    try {
      if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) throw new Closed(null);
    } catch (InterruptedException e) {
      throw new Closed(e);
    }
  }

  private static Duration longer(Duration pause) {
    var next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }

  /// This process ends before the record is durable: the message must not be settled, so that it is
  /// taken again.
  static final class Closed extends Exception {
    private static final long serialVersionUID = 1;

    Closed(@Nullable InterruptedException cause) {
      super("closed before the queue took the record", cause);
    }
  }
}
