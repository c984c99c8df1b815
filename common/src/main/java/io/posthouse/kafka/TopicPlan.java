package io.posthouse.kafka;

import io.posthouse.config.KafkaSettings;
import io.posthouse.queue.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The topics our cluster must have, and how each must be set up for our promises to hold.
public record TopicPlan(List<PlannedTopic> topics) {
  /// The longest record: an envelope with its content inline and a thousand recipients, or a chunk.
  static final int LONGEST_RECORD = 1 << 20;

  /// A dead letter is such a record, wrapped.
  static final int LONGEST_DEAD_LETTER = 2 * LONGEST_RECORD;

  private static final Duration EVENTS_KEPT = Duration.ofDays(14);
  private static final Duration POLICIES_KEPT = Duration.ofDays(367);
  private static final Duration CLAIMS_KEPT = Duration.ofDays(7);
  private static final Duration CLAIMS_SEGMENT = Duration.ofMinutes(10);
  private static final Duration NODES_SEGMENT = Duration.ofMinutes(10);

  public TopicPlan {
    topics = List.copyOf(topics);
  }

  /// How wide and how safe the topics are.
  ///
  /// @param partitions of `remote`, `local` and their `.due`
  /// @param otherPartitions of every other topic that grows with the traffic
  /// @param replication copies of every record, 3 in production: two of them then acknowledge
  /// @param flush whether a broker without replicas flushes each append to disk: without, a power
  ///   failure loses what was acknowledged. No matter where there are replicas
  public record Layout(int partitions, int otherPartitions, int replication, boolean flush) {
    /// One broker that flushes by its own settings, as the embedded one does. Each partition costs
    /// a flush of its own and one process reads them all, so there is one of each (measured: six
    /// take a fifth to a half of what one takes).
    public static final Layout EMBEDDED = new Layout(1, 1, 1, false);

    /// As the settings say; a broker without replicas flushes.
    public static Layout of(KafkaSettings settings) {
      return new Layout(
          settings.partitions(), settings.otherPartitions(), settings.replication(), true);
    }

    /// What makes an acknowledged record outlast a broker, or a power failure of the only one.
    Map<String, String> lasting() {
      var replicas = Map.of("min.insync.replicas", acknowledging(this));
      if (!flush || replication > 1) return replicas;
      var both = new HashMap<>(replicas);
      both.put("flush.messages", "1");
      return both;
    }
  }

  /// The plan of this release, where nothing is replayed.
  ///
  /// @param tiers the distinct delays of the retry schedule
  public static TopicPlan of(Topics names, Layout layout, Collection<Duration> tiers) {
    return of(names, layout, tiers, Duration.ZERO);
  }

  /// The plan of this release.
  ///
  /// @param tiers the distinct delays of the retry schedule
  /// @param history how far back events must tell: a replay asks them who has got what, and would
  ///   send again what they have forgotten
  public static TopicPlan of(
      Topics names, Layout layout, Collection<Duration> tiers, Duration history) {
    var owed = new Owed(layout);
    var topics = new ArrayList<PlannedTopic>();
    Stream.of(names.remote(), names.local(), names.remoteDue(), names.localDue())
        .map(name -> owed.topic(name, layout.partitions()))
        .forEach(topics::add);
    Stream.concat(
            Stream.of(names.split(), names.content(), names.held()),
            tiers.stream().sorted().map(names::retry))
        .map(name -> owed.topic(name, layout.otherPartitions()))
        .forEach(topics::add);
    topics.add(
        owed.topic(names.dead(), layout.otherPartitions())
            .with("max.message.bytes", LONGEST_DEAD_LETTER));
    topics.add(events(names.events(), layout, history));
    topics.add(control(names.control(), layout));
    topics.add(
        new PlannedTopic(
            names.config(), 1, layout.replication(), Map.of("cleanup.policy", "compact")));
    topics.add(nodes(names.nodes(), layout));
    topics.add(claims(names.claims(), layout));
    topics.add(tlsPolicies(names.tlsPolicies(), layout));
    return new TopicPlan(topics);
  }

  /// One topic.
  ///
  /// @param config what differs from Kafka's defaults, or must not depend on them
  /// @param leastKept what is younger time must not delete; all else is the operator's own business
  public record PlannedTopic(
      String name,
      int partitions,
      int replication,
      Map<String, String> config,
      Optional<Duration> leastKept) {
    public PlannedTopic {
      config = Map.copyOf(config);
    }

    PlannedTopic(String name, int partitions, int replication, Map<String, String> config) {
      this(name, partitions, replication, config, Optional.empty());
    }

    PlannedTopic with(String key, long value) {
      var more = new HashMap<>(config);
      more.put(key, Long.toString(value));
      return new PlannedTopic(name, partitions, replication, more, leastKept);
    }
  }

  /// Topics that hold what we owe somebody.
  private record Owed(Layout layout) {
    PlannedTopic topic(String name, int partitions) {
      var config = new HashMap<String, String>();
      config.put("cleanup.policy", "delete");
      // Time never deletes what is owed: a janitor does, once it is settled.
      config.put("retention.ms", "-1");
      config.put("retention.bytes", "-1");
      config.put("max.message.bytes", Integer.toString(LONGEST_RECORD));
      // The broker's clock, so that a node with a wrong one is neither refused nor retried too
      // late.
      config.put("message.timestamp.type", "LogAppendTime");
      // The 250 rests on replicas, or on the disk where there are none.
      config.putAll(layout.lasting());
      return new PlannedTopic(name, partitions, layout.replication(), config);
    }
  }

  private static PlannedTopic events(String name, Layout layout, Duration history) {
    var kept = history.compareTo(EVENTS_KEPT) > 0 ? history : EVENTS_KEPT;
    var config =
        Map.of(
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(kept.toMillis()),
            "max.message.bytes", Integer.toString(LONGEST_RECORD),
            // A replay takes their word for who has got what.
            "min.insync.replicas", acknowledging(layout));
    return new PlannedTopic(
        name, layout.otherPartitions(), layout.replication(), config, Optional.of(history));
  }

  /// An order lasts as long as what was done about it: were it lost, the next one would get its
  /// number, and nobody do that again.
  private static PlannedTopic control(String name, Layout layout) {
    var config = new HashMap<>(layout.lasting());
    config.put("cleanup.policy", "compact");
    return new PlannedTopic(name, 1, layout.replication(), config);
  }

  /// The newest of each reader is what counts, and none is a reader for ever. Segments are short
  /// because the newest is never compacted, and whoever gets a partition reads it all.
  private static PlannedTopic claims(String name, Layout layout) {
    var config =
        Map.of(
            "cleanup.policy", "compact,delete",
            "retention.ms", Long.toString(CLAIMS_KEPT.toMillis()),
            "segment.ms", Long.toString(CLAIMS_SEGMENT.toMillis()),
            "min.insync.replicas", acknowledging(layout));
    return new PlannedTopic(name, 1, layout.replication(), config);
  }

  /// The last beat of each process. Segments are short because whoever looks reads it all.
  private static PlannedTopic nodes(String name, Layout layout) {
    var config =
        Map.of("cleanup.policy", "compact", "segment.ms", Long.toString(NODES_SEGMENT.toMillis()));
    return new PlannedTopic(name, 1, layout.replication(), config);
  }

  /// The newest of each domain; none holds for longer than a year (RFC 8461 §3.2).
  private static PlannedTopic tlsPolicies(String name, Layout layout) {
    var config =
        Map.of(
            "cleanup.policy", "compact,delete",
            "retention.ms", Long.toString(POLICIES_KEPT.toMillis()),
            "min.insync.replicas", acknowledging(layout));
    return new PlannedTopic(name, 1, layout.replication(), config);
  }

  private static String acknowledging(Layout layout) {
    return Integer.toString(Math.min(2, layout.replication()));
  }
}
