package io.posthouse.kafka;

import io.posthouse.message.QueueId;
import io.posthouse.telemetry.CommandEvents;
import io.posthouse.telemetry.Events;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Writes records, the events that tell of them and how far a replay is, all in one transaction: a
/// replay killed at any point has done each record once or not at all.
///
/// One of a name works at a time: a second one takes over, and what the first had not committed is
/// void.
final class ReplayWriter implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final Events events;
  private final List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();

  /// Returns when nobody else of the name can write any more.
  ///
  /// @param name of which there is one writer at a time
  /// @param node our name in events
  ReplayWriter(KafkaCluster cluster, String name, String node, InstantSource clock) {
    var topic = cluster.topics().events();
    events =
        new CommandEvents(
            node, clock, (about, json) -> batch.add(new ProducerRecord<>(topic, key(about), json)));
    producer = producer(cluster, name);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      close();
      throw e;
    }
  }

  /// Events of what is committed next.
  Events events() {
    return events;
  }

  /// Adds records to what is committed next.
  void add(List<ProducerRecord<byte[], byte[]>> records) {
    batch.addAll(records);
  }

  /// Makes all that was added durable, with these commits of the group.
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    producer.beginTransaction();
    // A record that cannot be written fails the commit below.
    for (var record : batch) {
      var _ = producer.send(record);
    }
    producer.sendOffsetsToTransaction(offsets, group);
    // Dying before this line leaves all as it was; dying after it, all is done.
    producer.commitTransaction();
    batch.clear();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  private static byte @Nullable [] key(Optional<QueueId> about) {
    return about.map(id -> id.text().getBytes(StandardCharsets.US_ASCII)).orElse(null);
  }

  private static Producer<byte[], byte[]> producer(KafkaCluster cluster, String name) {
    return new KafkaProducer<>(
        cluster.client(
            Map.of("linger.ms", "5", "batch.size", Integer.toString(128 << 10)),
            Map.of(
                "transactional.id", name,
                // What a killed replay left open holds up the readers of *.due no longer than this.
                "transaction.timeout.ms", "15000",
                "max.block.ms", "15000",
                "delivery.timeout.ms", "14000",
                "request.timeout.ms", "7000",
                "acks", "all",
                "max.request.size", Integer.toString(3 << 20))),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
