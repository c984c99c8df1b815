package io.posthouse.queue;

import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// The durable queue. Every method returns at once and is safe on an event loop; every answer comes
/// once, on any thread, and is never an exception: what we could not store is [Put.NotQueued].
public interface MailQueue {
  /// Puts a message on its first way: to `local` or `remote` where all recipients share a
  /// destination, else to `split`. After [Put.Queued] the message is ours (RFC 5321 §4.2.5): it
  /// survives any one node.
  CompletionStage<Put> put(Envelope envelope);

  /// Puts a message aside for `delay`, one of the retry schedule's; its content must not be inline.
  CompletionStage<Put> defer(Envelope envelope, Duration delay);

  /// Puts a message where it stays until an operator releases it; its content must not be inline.
  CompletionStage<Put> hold(Envelope envelope);

  /// Puts a message where an operator looks for what we could not handle.
  CompletionStage<Put> bury(Envelope envelope, String reason);

  /// Takes the content of a message that is too long for its envelope, while it arrives.
  ContentUpload upload(QueueId queueId);

  sealed interface Put {
    record Queued(QueueId queueId) implements Put {}

    /// Not durable as far as we know; `why` is for our log, not for the client.
    record NotQueued(String why) implements Put {}
  }
}
