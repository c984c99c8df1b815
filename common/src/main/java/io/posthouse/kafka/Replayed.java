package io.posthouse.kafka;

import io.posthouse.message.Envelope;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.Topics;
import io.posthouse.telemetry.MailEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a replay writes for a message.
final class Replayed {
  private Replayed() {}

  /// With a due time, by which everybody knows that this is not its first way; the content stays
  /// where it lies.
  static List<ProducerRecord<byte[], byte[]>> records(
      Envelope envelope, RecordPosition at, Topics topics, Instant now) {
    return DueRecords.fanned(back(DueRecords.byReference(envelope, at), now), topics);
  }

  /// What a replay puts into the queue, whatever became of it before.
  static Envelope back(Envelope envelope, Instant now) {
    return envelope.postponed(now).resumed(now);
  }

  static MailEvent event(Envelope envelope, RecordPosition at, ReplayOrder order) {
    var to = envelope.recipients().stream().map(Recipient::address).toList();
    return new MailEvent.Replayed(envelope.queueId(), order.id(), at, to);
  }
}
