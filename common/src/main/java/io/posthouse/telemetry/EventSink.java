package io.posthouse.telemetry;

import io.posthouse.message.QueueId;
import java.util.Optional;

/// Where the lines of events go besides the log. Must neither wait nor throw: what it cannot take
/// at once it drops and counts, because no message may wait for its own record.
@FunctionalInterface
public interface EventSink {
  /// Takes the events of a process that keeps them in its log alone.
  EventSink NONE = (_, _) -> {};

  /// One event.
  ///
  /// @param about the message it is about, for the key; events of a message stay in their order
  /// @param json one JSON object in UTF-8, without a line end
  void put(Optional<QueueId> about, byte[] json);
}
