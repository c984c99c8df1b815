package io.posthouse.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// What a cluster says of partitions: which there are, and where they begin and end.
///
/// @param isolation whether the records of a transaction that is not over count
record Partitions(Admin admin, IsolationLevel isolation) {
  /// Where all records count.
  Partitions(Admin admin) {
    this(admin, IsolationLevel.READ_UNCOMMITTED);
  }

  /// Those of topics that are there.
  ///
  /// @throws NoSuchTopic naming one that is not
  List<TopicPartition> of(Collection<String> topics)
      throws ExecutionException, InterruptedException {
    var partitions = new ArrayList<TopicPartition>();
    for (var answer : admin.describeTopics(topics).topicNameValues().entrySet())
      of(answer.getKey(), answer.getValue()).forEach(partitions::add);
    return partitions;
  }

  private static Stream<TopicPartition> of(String topic, KafkaFuture<TopicDescription> answer)
      throws ExecutionException, InterruptedException {
    try {
      return of(answer.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) throw new NoSuchTopic(topic);
      throw e;
    }
  }

  static Stream<TopicPartition> of(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()));
  }

  /// One offset of each.
  Map<TopicPartition, Long> offsets(Collection<TopicPartition> ids, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    return records(ids, spec).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, record -> record.getValue().offset()));
  }

  /// Of each of these partitions the first offset that is as young as that, or its end.
  Map<TopicPartition, Long> since(Instant time, Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    var spec = OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli()));
    var first = offsets(ends.keySet(), spec);
    // Kafka says -1 where no record is as young as that.
    first.replaceAll((id, offset) -> offset < 0 ? ends.getOrDefault(id, 0L) : offset);
    return first;
  }

  /// What was written to topics from one instant up to another, by the broker's clock, also behind
  /// a transaction that is not over: who reads it waits for that.
  static List<Span> written(
      KafkaCluster cluster, Collection<String> topics, Instant from, Optional<Instant> to)
      throws KafkaUnreachable {
    return Inquiry.ask(
        cluster,
        admin -> {
          var partitions = new Partitions(admin);
          return partitions.written(partitions.of(topics), from, to);
        });
  }

  /// What was written to these from one instant up to another, by the broker's clock.
  ///
  /// @param to none for now
  List<Span> written(Collection<TopicPartition> ids, Instant from, Optional<Instant> to)
      throws ExecutionException, InterruptedException {
    var ends = offsets(ids, OffsetSpec.latest());
    var froms = since(from, ends);
    var tos = to.isPresent() ? since(to.get(), ends) : ends;
    return ids.stream()
        .flatMap(id -> Span.some(id, froms.getOrDefault(id, 0L), tos.getOrDefault(id, 0L)).stream())
        .toList();
  }

  /// The first record of each partition that has one, with its time.
  List<ListOffsetsResultInfo> first(Collection<TopicPartition> ids)
      throws ExecutionException, InterruptedException {
    return records(ids, OffsetSpec.forTimestamp(0)).values().stream()
        .filter(record -> record.offset() >= 0)
        .toList();
  }

  private Map<TopicPartition, ListOffsetsResultInfo> records(
      Collection<TopicPartition> ids, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    var specs = new HashMap<TopicPartition, OffsetSpec>();
    ids.forEach(id -> specs.put(id, spec));
    return admin.listOffsets(specs, new ListOffsetsOptions(isolation)).all().get();
  }
}
