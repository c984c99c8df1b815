package io.posthouse.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a compacted partition from its start, in no group: everybody reads all of it.
final class FromTheStart {
  private FromTheStart() {}

  static Consumer<byte[], byte[]> of(KafkaCluster cluster, TopicPartition partition) {
    var consumer =
        new KafkaConsumer<>(
            cluster.client(
                Map.of("default.api.timeout.ms", "10000"),
                Map.of(
                    // What was deleted meanwhile, nobody needs any more.
                    "auto.offset.reset", "earliest",
                    "enable.auto.commit", "false",
                    "allow.auto.create.topics", "false")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }
}
