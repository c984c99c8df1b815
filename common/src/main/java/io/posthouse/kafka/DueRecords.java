package io.posthouse.kafka;

import com.google.protobuf.ByteString;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.RecordKeys;
import io.posthouse.queue.Topics;
import io.posthouse.queue.record.DeadLetterRecord;
import io.posthouse.queue.record.PositionRecord;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent.DeadLettered;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a pipe writes for an envelope: one record for each destination, with the content left where
/// it lies; or a dead letter for what is no envelope.
final class DueRecords {
  private final Topics topics;
  private final String node;
  private final Events events;
  private final InstantSource clock;

  DueRecords(Topics topics, String node, Events events, InstantSource clock) {
    this.topics = topics;
    this.node = node;
    this.events = events;
    this.clock = clock;
  }

  List<ProducerRecord<byte[], byte[]>> of(Envelope envelope, ConsumerRecord<byte[], byte[]> from) {
    return fanned(byReference(envelope, position(from)), topics);
  }

  /// The same of a message that was held: the time in which it must be tried begins anew.
  List<ProducerRecord<byte[], byte[]>> released(
      Envelope envelope, ConsumerRecord<byte[], byte[]> from) {
    return of(envelope.resumed(clock.instant()), from);
  }

  /// An envelope for each destination, with the content where it says.
  static List<ProducerRecord<byte[], byte[]>> fanned(Envelope envelope, Topics topics) {
    return envelope.destinations().stream()
        .map(destination -> record(envelope, destination, topics))
        .toList();
  }

  /// The same message held, and its content left where it lies.
  List<ProducerRecord<byte[], byte[]>> held(
      Envelope envelope, ConsumerRecord<byte[], byte[]> from) {
    return heldOn(byReference(envelope, position(from)));
  }

  /// The same message held, and its content where it says.
  List<ProducerRecord<byte[], byte[]>> heldOn(Envelope envelope) {
    return List.of(
        new ProducerRecord<>(
            topics.held(),
            RecordKeys.of(envelope).getBytes(StandardCharsets.UTF_8),
            EnvelopeCodec.encode(envelope)));
  }

  List<ProducerRecord<byte[], byte[]>> dead(ConsumerRecord<byte[], byte[]> from, String reason) {
    return dead(Optional.empty(), valueOf(from), from, reason);
  }

  /// For what directives have left of a record.
  List<ProducerRecord<byte[], byte[]>> dead(
      Envelope left, ConsumerRecord<byte[], byte[]> from, String reason) {
    return dead(Optional.of(left.queueId()), EnvelopeCodec.encode(left), from, reason);
  }

  private List<ProducerRecord<byte[], byte[]>> dead(
      Optional<QueueId> about,
      byte[] original,
      ConsumerRecord<byte[], byte[]> from,
      String reason) {
    var origin =
        PositionRecord.newBuilder()
            .setTopic(from.topic())
            .setPartition(from.partition())
            .setOffset(from.offset());
    var letter =
        DeadLetterRecord.newBuilder()
            .setReason(reason)
            .setAt(clock.millis())
            .setNode(node)
            .setOriginal(ByteString.copyFrom(original))
            .setOrigin(origin)
            .build();
    events.record(new DeadLettered(about, position(from), reason));
    return List.of(new ProducerRecord<>(topics.dead(), from.key(), letter.toByteArray()));
  }

  static byte[] valueOf(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? new byte[0] : record.value();
  }

  private static ProducerRecord<byte[], byte[]> record(
      Envelope envelope, Destination destination, Topics topics) {
    var theirs = envelope.recipients().stream().filter(r -> r.destination().equals(destination));
    return new ProducerRecord<>(
        topics.due(destination),
        RecordKeys.of(destination).getBytes(StandardCharsets.UTF_8),
        EnvelopeCodec.encode(envelope.forRecipients(theirs.toList())));
  }

  static Envelope byReference(Envelope envelope, RecordPosition at) {
    return switch (envelope.content()) {
      case Content.Inline inline -> envelope.withContent(new Content.InRecord(at, inline.size()));
      case Content.Chunked _, Content.InRecord _ -> envelope;
    };
  }

  private static RecordPosition position(ConsumerRecord<byte[], byte[]> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }
}
