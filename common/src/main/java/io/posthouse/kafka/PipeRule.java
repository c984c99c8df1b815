package io.posthouse.kafka;

import io.posthouse.message.Orders;
import io.posthouse.telemetry.MailEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a [TransactionalPipe] makes of a record, and when. Never throws: a record it cannot read
/// becomes a dead letter.
interface PipeRule {
  /// What becomes of a record in its time.
  ///
  /// @param done the number of the last directive that has been done to it
  Task step(ConsumerRecord<byte[], byte[]> record, long done);

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
  sealed interface Task {
    long offset();

    /// Not before this instant.
    Instant due();
  }

  /// What is known as soon as the record is read.
  ///
  /// @param due [Instant#EPOCH] for at once
  /// @param records written instead, all of them or none
  /// @param events recorded once it is done
  record Step(
      long offset,
      Instant due,
      List<ProducerRecord<byte[], byte[]>> records,
      List<MailEvent> events)
      implements Task {
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

  /// What is known only after content was brought elsewhere, which takes a while.
  ///
  /// @param begin has it brought, whatever directives say meanwhile
  /// @param outcome what is done then; empty where it has to be begun anew
  record Errand(
      long offset,
      Instant due,
      Supplier<CompletionStage<Renewals.Answer>> begin,
      Function<Renewals.Answer, Optional<Step>> outcome)
      implements Task {
    /// The same, due then at the latest.
    Errand by(Instant latest) {
      return due.isAfter(latest) ? new Errand(offset, latest, begin, outcome) : this;
    }
  }
}
