package io.posthouse.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// A transaction that is not over keeps what lies behind it from being read. Who must not overlook
/// that waits for its end.
final class HeldUp extends KafkaException {
  private static final long serialVersionUID = 1;

  /// What a killed process of ours has left open Kafka ends after 15 s, and looks every 10 s.
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration ASKING = Duration.ofSeconds(5);

  private HeldUp(TopicPartition id, long at) {
    super(
        id + " is held up at " + at + " by a transaction that is not over: try again in a moment");
  }

  /// Why a reader has stood still for long.
  ///
  /// @param reader of what was committed
  static KafkaException orSilence(Consumer<?, ?> reader, TopicPartition id, long at) {
    var readable = reader.endOffsets(List.of(id), ASKING).getOrDefault(id, at);
    return readable <= at
        ? new HeldUp(id, at)
        : new TimeoutException(id + " stands still at " + at);
  }
}
