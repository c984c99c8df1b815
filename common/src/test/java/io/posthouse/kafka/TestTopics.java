package io.posthouse.kafka;

import io.posthouse.embedded.TestBroker;
import io.posthouse.message.Octets;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.StoredRecord;
import io.posthouse.queue.Topics;
import io.posthouse.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// All topics of the plan, on a real broker.
public final class TestTopics {
  /// The delays that have a retry topic.
  public static final Set<Duration> TIERS = Set.of(Duration.ofMinutes(1), Duration.ofMinutes(5));

  private static final TopicPlan.Layout LAYOUT = new TopicPlan.Layout(3, 2, 1, false);

  private TestTopics() {}

  /// Fresh ones on the broker that all tests share.
  public static KafkaCluster create(Class<?> test) {
    var broker = TestBroker.shared();
    var cluster = new KafkaCluster(broker.bootstrap(), new Topics(broker.freshPrefix(test)));
    create(cluster);
    return cluster;
  }

  /// Those that are missing.
  public static void create(KafkaCluster cluster) {
    try {
      var creation = new TopicAdmin(cluster, Duration.ofSeconds(30)).create(plan(cluster));
      if (!creation.refused().isEmpty()) throw new AssertionError(creation.refused());
    } catch (KafkaUnreachable e) {
      throw new AssertionError(e);
    }
  }

  /// With all that lies in them, which may be much.
  public static void delete(KafkaCluster cluster) {
    try {
      new TopicAdmin(cluster, Duration.ofSeconds(30)).delete(plan(cluster));
    } catch (KafkaUnreachable e) {
      throw new AssertionError(e);
    }
  }

  /// What [#create] creates.
  public static TopicPlan plan(KafkaCluster cluster) {
    return TopicPlan.of(cluster.topics(), LAYOUT, TIERS);
  }

  /// A queue that tells nobody of its events; not started.
  public static KafkaMailQueue queue(KafkaCluster cluster, Sending sending, String node) {
    return new KafkaMailQueue(
        cluster, sending, node, InstantSource.system(), _ -> {}, new Metrics());
  }

  /// As if workers had done all that a topic holds.
  public static void settle(KafkaCluster cluster, String topic) throws Exception {
    settle(cluster, new ConsumerGroups(cluster.topics()).deliver(), topic);
  }

  /// The same of the members of another group.
  static void settle(KafkaCluster cluster, String group, String topic) throws Exception {
    try (var admin = Admin.create(cluster.client(Map.of(), Map.of()))) {
      var partitions = new Partitions(admin, IsolationLevel.READ_COMMITTED);
      var ends = new HashMap<TopicPartition, OffsetAndMetadata>();
      partitions
          .offsets(partitions.of(List.of(topic)), OffsetSpec.latest())
          .forEach((id, end) -> ends.put(id, new OffsetAndMetadata(end)));
      admin.alterConsumerGroupOffsets(group, ends).all().get();
    }
  }

  /// All that a topic holds at this time.
  public static List<StoredRecord> records(KafkaCluster cluster, String topic) {
    return consumed(cluster, topic).stream().map(TestTopics::stored).toList();
  }

  /// Deletes all that a topic holds at this time, as the janitor does.
  public static void forget(KafkaCluster cluster, String topic) {
    try {
      var _ =
          Inquiry.ask(
              cluster,
              admin -> {
                var all = new HashMap<TopicPartition, RecordsToDelete>();
                for (var id : new Partitions(admin).of(List.of(topic)))
                  all.put(id, RecordsToDelete.beforeOffset(-1));
                return admin.deleteRecords(all).all().get();
              });
    } catch (KafkaUnreachable e) {
      throw new AssertionError(e);
    }
  }

  static List<ConsumerRecord<byte[], byte[]>> consumed(KafkaCluster cluster, String topic) {
    var bytes = new ByteArrayDeserializer();
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = new KafkaConsumer<>(cluster.client(Map.of(), READ_ALL), bytes, bytes)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (var end : consumer.endOffsets(partitions).entrySet())
        while (consumer.position(end.getKey()) < end.getValue())
          consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  private static StoredRecord stored(ConsumerRecord<byte[], byte[]> record) {
    return new StoredRecord(
        new RecordPosition(record.topic(), record.partition(), record.offset()),
        new String(record.key(), StandardCharsets.UTF_8),
        Octets.of(record.value()));
  }

  private static final Map<String, String> READ_ALL =
      Map.of("enable.auto.commit", "false", "fetch.max.wait.ms", "5");
}
