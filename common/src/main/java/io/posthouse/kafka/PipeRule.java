package io.posthouse.kafka;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a [TransactionalPipe] makes of a record, and when. Never throws: a record it cannot read
/// becomes a dead letter.
interface PipeRule {
  Step step(ConsumerRecord<byte[], byte[]> record);

  /// What to do about one record.
  ///
  /// @param due not before this instant
  /// @param records written instead, all of them or none
  record Step(long offset, Instant due, List<ProducerRecord<byte[], byte[]>> records) {
    public Step {
      records = List.copyOf(records);
    }
  }
}
