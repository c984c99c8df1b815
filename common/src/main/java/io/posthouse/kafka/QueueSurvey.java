package io.posthouse.kafka;

import io.posthouse.queue.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
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
    var partitions = new Partitions(admin);
    var ids = partitions.of(existing());
    var begins = partitions.offsets(ids, OffsetSpec.earliest());
    var ends = partitions.offsets(ids, OffsetSpec.latest());
    var window = partitions.since(now.minus(settings.window()), ends);
    var fresh = partitions.since(now.minus(settings.patience()), ends);
    fresh.putAll(partitions.since(now.minus(settings.heldPatience()), held(ends)));
    var committed = committed();
    var facts = new ArrayList<DeletionPlan.Facts>();
    for (var id : ids) {
      long begin = begins.getOrDefault(id, 0L);
      long end = ends.getOrDefault(id, begin);
      // A group that has committed nothing has it all before it.
      var done =
          Optional.ofNullable(groupOfTopic.get(id.topic()))
              .map(_ -> committed.getOrDefault(id, begin));
      long inWindow = window.getOrDefault(id, end);
      long inPatience = fresh.getOrDefault(id, end);
      facts.add(new DeletionPlan.Facts(id, begin, end, inWindow, inPatience, done));
    }
    return facts;
  }

  private Map<TopicPartition, Long> held(Map<TopicPartition, Long> all) {
    var held = new HashMap<>(all);
    held.keySet().removeIf(id -> !id.topic().equals(topics.held()));
    return held;
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

  private List<String> existing() throws ExecutionException, InterruptedException {
    var there = admin.listTopics().names().get();
    return Stream.concat(groupOfTopic.keySet().stream(), Stream.of(topics.content()))
        .filter(there::contains)
        .toList();
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
}
