package io.posthouse.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// A classic consumer group with static members and cooperative rebalances: a partition goes to
/// another member only after the one before has let it go, or has been silent for too long.
final class SimGroup {
  static final Duration SESSION = Duration.ofSeconds(10);

  private final SimTime time;
  private final List<TopicPartition> partitions;
  private final Map<String, SimConsumer> members = new TreeMap<>();
  private final Map<TopicPartition, String> target = new HashMap<>();
  private final Map<TopicPartition, SimConsumer> owners = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

  SimGroup(SimTime time, List<TopicPartition> partitions) {
    this.time = time;
    this.partitions = List.copyOf(partitions);
  }

  /// A member of the same name before this one is fenced, and what it had is free.
  void join(SimConsumer member) {
    var before = members.put(member.instance(), member);
    if (before != null) forget(before);
    rebalance();
  }

  void leave(SimConsumer member) {
    forget(member);
    if (members.remove(member.instance(), member)) rebalance();
  }

  /// Nothing is heard of the member from now on; unless it is heard of again, it is out.
  void silent(SimConsumer member) {
    time.after(
        SESSION,
        () -> {
          if (!member.isHeard()) leave(member);
        });
  }

  boolean isMember(SimConsumer consumer) {
    return consumer.equals(members.get(consumer.instance()));
  }

  boolean isFenced(SimConsumer consumer) {
    var other = members.get(consumer.instance());
    return other != null && !other.equals(consumer);
  }

  Set<TopicPartition> target(SimConsumer member) {
    var theirs = new HashSet<TopicPartition>();
    target.forEach((id, instance) -> {
      if (instance.equals(member.instance())) theirs.add(id);
    });
    return theirs;
  }

  boolean isFree(TopicPartition id) {
    return !owners.containsKey(id);
  }

  void own(SimConsumer member, TopicPartition id) {
    owners.put(id, member);
  }

  void release(SimConsumer member, TopicPartition id) {
    owners.remove(id, member);
  }

  void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    committed.putAll(offsets);
  }

  Map<TopicPartition, OffsetAndMetadata> committed() {
    return Map.copyOf(committed);
  }

  private void forget(SimConsumer member) {
    owners.values().removeIf(member::equals);
  }

  private void rebalance() {
    var counts = new TreeMap<String, Integer>();
    members.keySet().forEach(member -> counts.put(member, 0));
    if (counts.isEmpty()) return;
    var fair = (partitions.size() + counts.size() - 1) / counts.size();
    var homeless = new ArrayList<TopicPartition>();
    for (var id : partitions) {
      var now = target.get(id);
      if (now != null && counts.getOrDefault(now, fair) < fair) counts.merge(now, 1, Integer::sum);
      else homeless.add(id);
    }
    for (var id : homeless) {
      var least = counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
      target.put(id, least.getKey());
      least.setValue(least.getValue() + 1);
    }
  }
}
