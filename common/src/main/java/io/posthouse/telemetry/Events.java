package io.posthouse.telemetry;

import io.posthouse.message.QueueId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes note of what happens. Safe from any thread, never fails, never waits for anybody.
@FunctionalInterface
public interface Events {
  void record(MailEvent event);

  /// Completes when each [MailEvent.Outcome] of a message that was recorded before is durable: the
  /// message may be forgotten then. On whatever thread; at once where events are not kept.
  default CompletionStage<Void> kept(QueueId message) {
    return CompletableFuture.completedFuture(null);
  }
}
