package io.posthouse.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The two clients of a pipe. The producer's transactional id is the member's name in the group, so
/// a restarted pipe first ends what it had left open.
record PipeClients(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
  static PipeClients of(KafkaCluster cluster, String group, String instance) {
    var producer = producer(cluster, group + "-" + instance);
    try {
      producer.initTransactions();
      return new PipeClients(ReaderClients.consumer(cluster, group, instance), producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private static Producer<byte[], byte[]> producer(KafkaCluster cluster, String transactionalId) {
    return new KafkaProducer<>(
        cluster.client(
            Map.of(
                "client.id",
                transactionalId,
                "linger.ms",
                "5",
                "batch.size",
                Integer.toString(128 << 10)),
            Map.of(
                "transactional.id", transactionalId,
                // What a killed pipe left open holds up the readers of *.due no longer than this.
                "transaction.timeout.ms", "10000",
                "max.block.ms", "10000",
                "request.timeout.ms", "5000",
                "delivery.timeout.ms", "9000",
                "acks", "all",
                "max.request.size", Integer.toString(3 << 20))),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
