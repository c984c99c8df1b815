package io.posthouse.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/// Asks the cluster whether it could take mail, while no mail tells us.
final class Probe implements Runnable, AutoCloseable {
  static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaCluster cluster;
  private final Pulse pulse;
  private final InstantSource clock;
  private @Nullable Admin admin;

  Probe(KafkaCluster cluster, Pulse pulse, InstantSource clock) {
    this.cluster = cluster;
    this.pulse = pulse;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (Duration.between(pulse.lastBeat(), clock.instant()).compareTo(PATIENCE) < 0) return;
    try {
      trouble().ifPresentOrElse(pulse::failed, pulse::beat);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    drop();
  }

  private Optional<String> trouble() throws InterruptedException {
    try {
      var topics = cluster.topics();
      var needed = List.of(topics.remote(), topics.local(), topics.split(), topics.content());
      return inTrouble(admin().describeTopics(needed).allTopicNames().get().values());
    } catch (ExecutionException e) {
      return Optional.of(Why.of(e));
    } catch (KafkaException e) {
      drop();
      return Optional.of(Why.of(e));
    }
  }

  private static Optional<String> inTrouble(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(topic ->
            topic.partitions().stream()
                .filter(Probe::takesNothing)
                .map(partition ->
                    topic.name()
                        + "-"
                        + partition.partition()
                        + ": "
                        + partition.isr().size()
                        + " of "
                        + partition.replicas().size()
                        + " replicas in sync"))
        .findFirst();
  }

  /// Our topics want two replicas to acknowledge where there are so many.
  private static boolean takesNothing(TopicPartitionInfo partition) {
    return partition.leader() == null
        || partition.isr().size() < Math.min(2, partition.replicas().size());
  }

  private synchronized Admin admin() {
    var there = admin;
    if (there != null) return there;
    var millis = Long.toString(PATIENCE.toMillis());
    var times = Map.of("default.api.timeout.ms", millis, "request.timeout.ms", millis);
    var made = Admin.create(cluster.client(Map.of(), times));
    admin = made;
    return made;
  }

  private synchronized void drop() {
    if (admin != null) admin.close(Duration.ZERO);
    admin = null;
  }
}
