package io.posthouse.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Consumers as all of ours are: classic and static members of their group, so that a restart moves
/// no partition, with cooperative rebalances, so that one that does move disturbs no other.
final class ReaderClients {
  private ReaderClients() {}

  /// @param instance the member's name in the group; a second one of that name fences the first
  static Consumer<byte[], byte[]> consumer(KafkaCluster cluster, String group, String instance) {
    return new KafkaConsumer<>(
        cluster.client(
            Map.of(
                "client.id",
                instance + "-" + group,
                "session.timeout.ms",
                "10000",
                "heartbeat.interval.ms",
                "2500",
                "max.poll.records",
                "500",
                "max.partition.fetch.bytes",
                Integer.toString(1 << 20),
                "fetch.max.bytes",
                Integer.toString(8 << 20)),
            Map.of(
                "group.id", group,
                "group.instance.id", instance,
                "group.protocol", "classic",
                "partition.assignment.strategy", CooperativeStickyAssignor.class.getName(),
                "enable.auto.commit", "false",
                // Where to begin is our decision, from what is committed.
                "auto.offset.reset", "none",
                // The movers write in transactions, and may be killed in the middle of one.
                "isolation.level", "read_committed",
                "allow.auto.create.topics", "false")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
