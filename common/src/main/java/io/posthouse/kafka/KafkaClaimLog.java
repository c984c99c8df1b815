package io.posthouse.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Claims in a topic of one partition, compacted by reader. Its clients are made when they are
/// needed: most readers never have anything to tell.
final class KafkaClaimLog implements ClaimLog {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaCluster cluster;
  private final TopicPartition topic;
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Consumer<byte[], byte[]> consumer;

  KafkaClaimLog(KafkaCluster cluster) {
    this.cluster = cluster;
    topic = new TopicPartition(cluster.topics().claims(), 0);
  }

  @Override
  public CompletionStage<Void> write(ClaimSheet sheet) {
    var answer = new CompletableFuture<Void>();
    try {
      var _ =
          producer()
              .send(
                  record(sheet),
                  (_, trouble) -> {
                    if (trouble == null) answer.complete(null);
                    else answer.completeExceptionally(trouble);
                  });
    } catch (KafkaException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  @Override
  public List<ClaimSheet> read() {
    var from = consumer();
    var end = from.endOffsets(List.of(topic), PATIENCE).getOrDefault(topic, 0L);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var sheets = new ArrayList<ClaimSheet>();
    while (from.position(topic, PATIENCE) < end) {
      if (System.nanoTime() > deadline) throw new TimeoutException(topic + " is not read in time");
      from.poll(Duration.ofMillis(100)).forEach(record -> sheet(record).ifPresent(sheets::add));
    }
    return sheets;
  }

  @Override
  public void close() {
    if (producer != null) producer.close(Duration.ofSeconds(1));
    if (consumer != null) consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  /// Who has nothing in hand leaves nothing to compact.
  private ProducerRecord<byte[], byte[]> record(ClaimSheet sheet) {
    var key = sheet.member().getBytes(StandardCharsets.UTF_8);
    var value = sheet.isEmpty() ? null : ClaimCodec.encode(sheet);
    return new ProducerRecord<>(topic.topic(), topic.partition(), key, value);
  }

  private static Optional<ClaimSheet> sheet(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) return Optional.empty();
    var member = new String(record.key(), StandardCharsets.UTF_8);
    return record.value() == null
        ? Optional.of(new ClaimSheet(member, Map.of()))
        : ClaimCodec.decode(member, record.value());
  }

  private Producer<byte[], byte[]> producer() {
    var there = producer;
    if (there != null) return there;
    var made =
        new KafkaProducer<>(
            cluster.client(
                // It is called on the reader's thread, which has mail to look after.
                Map.of(
                    "max.block.ms", "1000",
                    "linger.ms", "0",
                    "request.timeout.ms", "5000",
                    "delivery.timeout.ms", "10000"),
                Map.of("acks", "all", "enable.idempotence", "true")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer = made;
    return made;
  }

  private Consumer<byte[], byte[]> consumer() {
    var there = consumer;
    if (there != null) return there;
    var made = FromTheStart.of(cluster, topic);
    consumer = made;
    return made;
  }
}
