package io.posthouse.kafka;

import io.posthouse.message.Orders;
import io.posthouse.telemetry.MailEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a [TransactionalPipe] makes of a record, and when. Never throws: a record it cannot read
/// becomes a dead letter.
interface PipeRule {
  /// What becomes of a record in its time.
  ///
  /// @param done the number of the last directive that has been done to it
  Step step(ConsumerRecord<byte[], byte[]> record, long done);

  /// What directives make of a record now, whenever its time is.
  ///
  /// @param done the number of the last directive that has been done to it
  /// @param upTo the number of the last that is to be
  default Step sweep(ConsumerRecord<byte[], byte[]> record, long done, long upTo) {
    return new Step(record.offset(), Instant.EPOCH, List.of());
  }

  /// The number of the newest directive there is; [Orders#NEVER] where there is none, or none
  /// matters.
  default long newestDirective() {
    return Orders.NEVER;
  }

  /// Whether what comes to a topic stays there until somebody orders otherwise. It may come from
  /// one who had not heard of the newest directives, after they were done here.
  default boolean keeps(String topic) {
    return false;
  }

  /// Why it cannot work yet.
  default Optional<String> trouble() {
    return Optional.empty();
  }

  /// What to do about one record.
  ///
  /// @param due not before this instant
  /// @param records written instead, all of them or none
  /// @param events recorded once it is done
  record Step(
      long offset,
      Instant due,
      List<ProducerRecord<byte[], byte[]>> records,
      List<MailEvent> events) {
    public Step {
      records = List.copyOf(records);
      events = List.copyOf(events);
    }

    Step(long offset, Instant due, List<ProducerRecord<byte[], byte[]>> records) {
      this(offset, due, records, List.of());
    }

    boolean isNothing() {
      return records.isEmpty() && events.isEmpty();
    }
  }
}
