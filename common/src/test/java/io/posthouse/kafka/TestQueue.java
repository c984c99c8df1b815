package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;

import io.posthouse.embedded.TestBroker;
import io.posthouse.message.Envelope;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.RecordKeys;
import io.posthouse.queue.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Topics of one test on a real broker, and what a test asks of them.
final class TestQueue implements AutoCloseable {
  private final KafkaCluster cluster;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  TestQueue(String bootstrap, Topics topics) {
    cluster = new KafkaCluster(bootstrap, topics);
    admin = Admin.create(cluster.client(Map.of(), Map.of()));
    producer =
        new KafkaProducer<>(
            cluster.client(Map.of("linger.ms", "20", "max.block.ms", "60000"), Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /// Fresh topics on the broker that all tests share.
  static TestQueue fresh(Class<?> test) {
    var broker = TestBroker.shared();
    return new TestQueue(broker.bootstrap(), new Topics(broker.freshPrefix(test)));
  }

  KafkaCluster cluster() {
    return cluster;
  }

  Topics topics() {
    return cluster.topics();
  }

  Admin admin() {
    return admin;
  }

  TestQueue create(int partitions, String... names) {
    return create(partitions, Map.of("message.timestamp.type", "LogAppendTime"), names);
  }

  /// Topics whose records may have been written whenever their writers say.
  TestQueue createOld(int partitions, String... names) {
    return create(
        partitions, Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1"), names);
  }

  private TestQueue create(int partitions, Map<String, String> configs, String... names) {
    var wanted =
        Stream.of(names)
            .map(name -> new NewTopic(name, partitions, (short) 1))
            .map(topic -> topic.configs(configs))
            .toList();
    get(admin.createTopics(wanted).all().toCompletionStage().toCompletableFuture());
    for (var name : names) awaitLeaders(name, partitions);
    return this;
  }

  /// A batch that reaches a partition before its leader knows itself is tried again behind its
  /// successor, which a broker refuses for ever (seen with 4.3.1: OUT_OF_ORDER_SEQUENCE_NUMBER).
  private void awaitLeaders(String topic, int partitions) {
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (int i = 0; i < partitions; i++) {
      latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(() -> admin.listOffsets(latest).all().get().size() == partitions);
  }

  /// Durable when it returns.
  List<RecordMetadata> put(String topic, Collection<Envelope> envelopes) {
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var envelope : envelopes) {
      var key = RecordKeys.of(envelope).getBytes(StandardCharsets.UTF_8);
      sent.add(producer.send(new ProducerRecord<>(topic, key, EnvelopeCodec.encode(envelope))));
    }
    return sent.stream().map(TestQueue::get).toList();
  }

  /// As if it had been written then, in a topic that believes its writers.
  RecordMetadata put(String topic, Envelope envelope, Instant then) {
    var key = RecordKeys.of(envelope).getBytes(StandardCharsets.UTF_8);
    var value = EnvelopeCodec.encode(envelope);
    return get(producer.send(new ProducerRecord<>(topic, null, then.toEpochMilli(), key, value)));
  }

  RecordMetadata put(String topic, int partition, byte[] value) {
    return get(producer.send(new ProducerRecord<>(topic, partition, new byte[] {'k'}, value)));
  }

  /// What the group knows to be settled, by partition.
  Map<TopicPartition, CommitNote> notes(String group) {
    var notes = new HashMap<TopicPartition, CommitNote>();
    var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
    get(offsets.toCompletionStage().toCompletableFuture())
        .forEach((id, commit) -> notes.put(id, CommitNote.of(commit.offset(), commit.metadata())));
    return notes;
  }

  /// What the group's members have noted of the directives they have done, by partition.
  Map<TopicPartition, SweepNote> sweeps(String group) {
    var notes = new HashMap<TopicPartition, SweepNote>();
    var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
    get(offsets.toCompletionStage().toCompletableFuture())
        .forEach((id, commit) -> notes.put(id, SweepNote.parse(commit.metadata())));
    return notes;
  }

  /// All that a reader of whole transactions finds in the topic.
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(
            cluster.client(Map.of("isolation.level", "read_committed"), Map.of()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var ids =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(ids);
      consumer.seekToBeginning(ids);
      var ends = consumer.endOffsets(ids);
      while (ids.stream().anyMatch(id -> consumer.position(id) < ends.getOrDefault(id, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }

  List<Envelope> envelopes(String topic) {
    return read(topic).stream().map(record -> decode(record.value())).toList();
  }

  static Envelope decode(byte[] value) {
    try {
      return EnvelopeCodec.decode(value);
    } catch (MalformedRecord e) {
      throw new AssertionError(e);
    }
  }

  static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
