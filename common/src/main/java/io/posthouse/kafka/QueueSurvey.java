package io.posthouse.kafka;

import io.posthouse.queue.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Asks the cluster what a [DeletionPlan] needs to know.
final class QueueSurvey {
  private final Admin admin;
  private final Map<String, String> groupOfTopic;
  private final Topics topics;
  private final JanitorSettings settings;
  private final Instant now;

  QueueSurvey(Admin admin, Topics topics, JanitorSettings settings, Instant now) {
    this.admin = admin;
    this.topics = topics;
    this.settings = settings;
    this.now = now;
    groupOfTopic = groupOfTopic(topics, settings);
  }

  List<DeletionPlan.Facts> facts() throws ExecutionException, InterruptedException {
    var ids = partitions();
    var begins = offsets(ids, OffsetSpec.earliest());
    var ends = offsets(ids, OffsetSpec.latest());
    var window = offsets(ids, OffsetSpec.forTimestamp(millis(settings.window())));
    var fresh = offsets(ids, OffsetSpec.forTimestamp(millis(settings.patience())));
    var committed = committed();
    var facts = new ArrayList<DeletionPlan.Facts>();
    for (var id : ids) {
      long begin = of(begins, id);
      long end = of(ends, id);
      // A group that has committed nothing has it all before it.
      var done =
          Optional.ofNullable(groupOfTopic.get(id.topic()))
              .map(_ -> committed.getOrDefault(id, begin));
      facts.add(
          new DeletionPlan.Facts(
              id, begin, end, first(window, id, end), first(fresh, id, end), done));
    }
    return facts;
  }

  private static Map<String, String> groupOfTopic(Topics topics, JanitorSettings settings) {
    var groups = new ConsumerGroups(topics);
    var map = new HashMap<String, String>();
    map.put(topics.remote(), groups.deliver());
    map.put(topics.remoteDue(), groups.deliver());
    map.put(topics.local(), groups.store());
    map.put(topics.localDue(), groups.store());
    map.put(topics.split(), groups.splitter());
    map.put(topics.held(), groups.mover());
    settings.tiers().forEach(tier -> map.put(topics.retry(tier), groups.mover()));
    return map;
  }

  private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
    var there = admin.listTopics().names().get();
    var ours =
        Stream.concat(groupOfTopic.keySet().stream(), Stream.of(topics.content()))
            .filter(there::contains)
            .toList();
    var ids = new ArrayList<TopicPartition>();
    admin
        .describeTopics(ours)
        .allTopicNames()
        .get()
        .forEach((topic, description) ->
            description
                .partitions()
                .forEach(p -> ids.add(new TopicPartition(topic, p.partition()))));
    return ids;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Collection<TopicPartition> ids, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    var specs = new HashMap<TopicPartition, OffsetSpec>();
    ids.forEach(id -> specs.put(id, spec));
    return admin.listOffsets(specs).all().get();
  }

  private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
    var committed = new HashMap<TopicPartition, Long>();
    for (var group : new HashSet<>(groupOfTopic.values())) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      offsets.forEach((id, commit) -> committed.put(id, commit.offset()));
    }
    return committed;
  }

  private static long of(Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition id) {
    return Optional.ofNullable(offsets.get(id)).map(ListOffsetsResultInfo::offset).orElse(0L);
  }

  /// Kafka says -1 where no record is as young as that.
  private static long first(
      Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition id, long end) {
    var offset = of(offsets, id);
    return offset < 0 ? end : offset;
  }

  private long millis(Duration ago) {
    return now.minus(ago).toEpochMilli();
  }
}
