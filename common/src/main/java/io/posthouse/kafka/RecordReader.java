package io.posthouse.kafka;

import io.posthouse.message.RecordPosition;
import io.posthouse.queue.ContentStore.ContentGone;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads single records by their position. For one thread.
///
/// Each partition it has read from stays assigned and paused, so a read is one fetch on a
/// connection that is there: a quarter of a millisecond for a small record, one for a chunk.
final class RecordReader {
  private final KafkaCluster cluster;
  private final Set<TopicPartition> assigned = new HashSet<>();
  private @Nullable Consumer<byte[], byte[]> consumer;

  RecordReader(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /// The record at a position.
  ///
  /// @throws ContentGone if there is none any more
  /// @throws IOException if Kafka does not answer until `deadline` ([System#nanoTime()])
  ConsumerRecord<byte[], byte[]> read(RecordPosition at, long deadline) throws IOException {
    try {
      return fetch(consumer(), at, deadline);
    } catch (KafkaException e) {
      // Whatever it was, the next read begins with a consumer that knows nothing of it.
      close();
      throw new IOException(at + ": " + Why.of(e), e);
    }
  }

  void close() {
    var gone = consumer;
    consumer = null;
    assigned.clear();
    if (gone != null) gone.close(CloseOptions.timeout(Duration.ZERO));
  }

  private ConsumerRecord<byte[], byte[]> fetch(
      Consumer<byte[], byte[]> from, RecordPosition at, long deadline) throws IOException {
    var partition = new TopicPartition(at.topic(), at.partition());
    if (assigned.add(partition)) from.assign(assigned);
    from.seek(partition, at.offset());
    from.resume(List.of(partition));
    try {
      while (System.nanoTime() < deadline) {
        for (var record : from.poll(Duration.ofNanos(deadline - System.nanoTime())))
          return exactly(record, at);
      }
      throw new IOException(at + ": no answer from Kafka");
    } catch (OffsetOutOfRangeException e) {
      throw outOfRange(from, partition, at);
    } finally {
      from.pause(List.of(partition));
    }
  }

  private static ConsumerRecord<byte[], byte[]> exactly(
      ConsumerRecord<byte[], byte[]> record, RecordPosition at) throws ContentGone {
    // Kafka gives the next one where there is none at the very offset.
    if (record.offset() == at.offset() && record.value() != null) return record;
    throw new ContentGone(at + ": no such record");
  }

  /// Below the start of the log it is gone for good; beyond its end a replica may be behind.
  private static IOException outOfRange(
      Consumer<byte[], byte[]> from, TopicPartition partition, RecordPosition at) {
    var start = from.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    return at.offset() < start
        ? new ContentGone(at + ": deleted (the log starts at " + start + ")")
        : new IOException(at + ": beyond the end of the log");
  }

  private Consumer<byte[], byte[]> consumer() {
    var there = consumer;
    if (there != null) return there;
    var bytes = new ByteArrayDeserializer();
    var made = new KafkaConsumer<>(cluster.client(SHAPE, MUSTS), bytes, bytes);
    consumer = made;
    return made;
  }

  // Small fetches: what lies behind the record would be fetched for nothing. A longer record comes
  // whole all the same.
  private static final Map<String, String> SHAPE =
      Map.of(
          "max.partition.fetch.bytes", "65536",
          "fetch.max.bytes", "65536",
          "default.api.timeout.ms", "5000");

  // Committed only would hide what follows an open transaction, and positions are of records that
  // were acknowledged.
  private static final Map<String, String> MUSTS =
      Map.of(
          "max.poll.records", "1",
          "isolation.level", "read_uncommitted",
          "auto.offset.reset", "none",
          "enable.auto.commit", "false",
          "allow.auto.create.topics", "false");
}
