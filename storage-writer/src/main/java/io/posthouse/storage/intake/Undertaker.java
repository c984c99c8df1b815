package io.posthouse.storage.intake;

import io.posthouse.queue.MailQueue;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.queue.Taken;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Puts messages that cannot be stored among the dead letters, where an operator finds them with
/// the reason. Only then are they settled.
final class Undertaker {
  private static final Executor IN_A_SECOND =
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final MailQueue queue;
  private final Events events;
  private volatile boolean closed;

  Undertaker(MailQueue queue, Events events) {
    this.queue = queue;
    this.events = events;
  }

  /// Tries until the queue has it, without holding up the caller.
  void buryUntilTaken(Taken taken, String why) {
    if (closed) return;
    queue
        .bury(taken.envelope(), why)
        .thenAccept(put -> {
          switch (put) {
            case Put.Queued _ -> {
              var id = taken.envelope().queueId();
              events.record(new MailEvent.DeadLettered(Optional.of(id), taken.position(), why));
              // It is durable where an operator looks: our promise ends here.
              taken.settle();
            }
            case Put.NotQueued _ -> IN_A_SECOND.execute(() -> buryUntilTaken(taken, why));
          }
        });
  }

  void close() {
    closed = true;
  }
}
