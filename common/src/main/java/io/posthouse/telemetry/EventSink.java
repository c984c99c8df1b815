package io.posthouse.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthouse.message.QueueId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Where the lines of events go besides the log. Must neither wait nor throw.
@FunctionalInterface
public interface EventSink {
  /// Takes the events of a process that keeps them in its log alone.
  EventSink NONE = (_, _) -> {};

  /// An event, and the line that tells of it.
  default void take(MailEvent event, String line) {
    var json = line.getBytes(UTF_8);
    if (event instanceof MailEvent.Outcome outcome) keep(outcome.queueId(), json);
    else put(event.about(), json);
  }

  /// One event. What the sink cannot take at once it drops and counts, because no message may wait
  /// for its own record.
  ///
  /// @param about the message it is about, for the key; events of a message stay in their order
  /// @param json one JSON object in UTF-8, without a line end
  void put(Optional<QueueId> about, byte[] json);

  /// What became of a message. Not dropped while the process lives, for others decide by it;
  /// whoever records it must not go on for ever while [#kept] does not complete.
  default void keep(QueueId about, byte[] json) {
    put(Optional.of(about), json);
  }

  /// Completes when all that was to be kept of a message is durable, on whatever thread; at once
  /// where the sink keeps nothing.
  default CompletionStage<Void> kept(QueueId message) {
    return CompletableFuture.completedFuture(null);
  }
}
