package io.posthouse.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads spans of the log once, in nobody's way: it joins no group. Each partition comes in its
/// order, and of transactions only what is whole. For one thread.
final class LogReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Span> spans = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /// @param group whose commits may be asked for
  /// @param most records at a time
  LogReader(KafkaCluster cluster, String group, int most) {
    var bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(cluster.client(SHAPE, musts(group, most)), bytes, bytes);
  }

  /// All that some topics hold now.
  List<Span> whole(Collection<String> topics) {
    var ids = partitions(topics);
    var begins = consumer.beginningOffsets(ids, PATIENCE);
    return spans(begins, consumer.endOffsets(ids, PATIENCE));
  }

  /// Where the group stands, of all partitions of some topics.
  Map<TopicPartition, Resumption> resumptions(Collection<String> topics) {
    return Resumption.of(consumer, partitions(topics));
  }

  /// What the group has committed.
  Map<TopicPartition, OffsetAndMetadata> commits(Collection<String> topics) {
    var commits = new HashMap<TopicPartition, OffsetAndMetadata>();
    consumer
        .committed(new HashSet<>(partitions(topics)), PATIENCE)
        .forEach((id, commit) -> {
          if (commit != null) commits.put(id, commit);
        });
    return commits;
  }

  /// The oldest offset of each partition.
  Map<TopicPartition, Long> begins(Collection<String> topics) {
    return consumer.beginningOffsets(partitions(topics), PATIENCE);
  }

  /// What is to be read; replaces what was.
  void begin(Collection<Span> wanted) {
    spans.clear();
    positions.clear();
    wanted.forEach(span -> spans.put(span.id(), span));
    consumer.assign(spans.keySet());
    consumer.resume(spans.keySet());
    spans
        .values()
        .forEach(span -> {
          consumer.seek(span.id(), span.from());
          positions.put(span.id(), span.from());
        });
  }

  /// The next records; none where all is read.
  ///
  /// @throws TimeoutException if no broker answers
  /// @throws HeldUp if a transaction in a span does not end
  List<ConsumerRecord<byte[], byte[]>> next() {
    var end = System.nanoTime() + HeldUp.PATIENCE.toNanos();
    while (!spans.isEmpty()) {
      var records = poll();
      if (!records.isEmpty()) return records;
      if (System.nanoTime() > end) throw standstill();
    }
    return List.of();
  }

  private KafkaException standstill() {
    var id = spans.keySet().iterator().next();
    return HeldUp.orSilence(consumer, id, positions.getOrDefault(id, 0L));
  }

  /// The group, for commits within a transaction.
  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  /// How far each partition is read: the offset of what comes next.
  Map<TopicPartition, Long> positions() {
    return Map.copyOf(positions);
  }

  /// Offsets not passed yet.
  long left() {
    return spans.values().stream()
        .mapToLong(s -> s.to() - positions.getOrDefault(s.id(), s.to()))
        .sum();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  private List<ConsumerRecord<byte[], byte[]>> poll() {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (var record : consumer.poll(Duration.ofSeconds(1))) {
      var span = spans.get(new TopicPartition(record.topic(), record.partition()));
      if (span != null && record.offset() < span.to()) records.add(record);
    }
    advance();
    return records;
  }

  private void advance() {
    var read = new HashSet<TopicPartition>();
    spans
        .values()
        .forEach(span -> {
          var next = Math.min(consumer.position(span.id(), PATIENCE), span.to());
          positions.put(span.id(), next);
          if (next == span.to()) read.add(span.id());
        });
    if (read.isEmpty()) return;
    spans.keySet().removeAll(read);
    consumer.pause(read);
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    var ids =
        topics.stream()
            .flatMap(topic -> Optional.ofNullable(consumer.partitionsFor(topic, PATIENCE)).stream())
            .flatMap(List::stream)
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    // It warns of each that it is asked about and that is not its own.
    consumer.assign(ids);
    return ids;
  }

  private static List<Span> spans(
      Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
    var spans = new ArrayList<Span>();
    begins.forEach((id, from) -> spans.addAll(Span.some(id, from, ends.getOrDefault(id, from))));
    return spans;
  }

  private static Map<String, String> musts(String group, int most) {
    return Map.of(
        "group.id", group,
        "max.poll.records", Integer.toString(most),
        "isolation.level", "read_committed",
        // What the janitor deletes meanwhile is passed over.
        "auto.offset.reset", "earliest",
        "enable.auto.commit", "false",
        "allow.auto.create.topics", "false");
  }

  private static final Map<String, String> SHAPE =
      Map.of(
          "default.api.timeout.ms", "30000",
          "max.partition.fetch.bytes", Integer.toString(1 << 20),
          "fetch.max.bytes", Integer.toString(8 << 20));
}
