package io.posthouse.kafka;

import io.posthouse.node.Beat;
import io.posthouse.node.BeatLog;
import io.posthouse.queue.MalformedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Beats in the topic `nodes`, compacted by process.
public final class KafkaBeats implements BeatLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaBeats.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaCluster cluster;
  private @Nullable Producer<byte[], byte[]> producer;
  private boolean closed;

  public KafkaBeats(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /// The last beat of each process. Those that nobody here understands are left out.
  public static Collection<Beat> read(KafkaCluster cluster) throws KafkaUnreachable {
    var topic = new TopicPartition(cluster.topics().nodes(), 0);
    Inquiry.expect(cluster, topic.topic());
    var from = FromTheStart.of(cluster, topic);
    try {
      return decoded(lastOfEach(from, topic));
    } catch (KafkaException e) {
      throw new KafkaUnreachable(cluster, e);
    } finally {
      from.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private static Map<String, byte[]> lastOfEach(
      Consumer<byte[], byte[]> from, TopicPartition topic) {
    var last = new HashMap<String, byte[]>();
    var end = from.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (from.position(topic) < end) {
      if (System.nanoTime() > deadline) throw new TimeoutException(topic + " is not read in time");
      for (var record : from.poll(Duration.ofMillis(100)))
        if (record.key() != null && record.value() != null)
          last.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
    }
    return last;
  }

  @Override
  public CompletionStage<Void> write(Beat beat) {
    var answer = new CompletableFuture<Void>();
    try {
      var key = beat.who().key().getBytes(StandardCharsets.UTF_8);
      var record = new ProducerRecord<>(cluster.topics().nodes(), 0, key, BeatCodec.encode(beat));
      var _ =
          producer()
              .send(
                  record,
                  (_, trouble) -> {
                    if (trouble == null) answer.complete(null);
                    else answer.completeExceptionally(trouble);
                  });
    } catch (KafkaException | IllegalStateException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  @Override
  public synchronized void close(Duration patience) {
    closed = true;
    if (producer != null) producer.close(patience);
    producer = null;
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (closed) throw new IllegalStateException("closed");
    var there = producer;
    if (there == null) producer = there = open();
    return there;
  }

  /// The next beat makes one that was not heard good, so none is tried for long.
  private Producer<byte[], byte[]> open() {
    return new KafkaProducer<>(
        cluster.client(
            Map.of(
                "max.block.ms", "1000",
                "linger.ms", "0",
                "buffer.memory", "4194304",
                "compression.type", "gzip",
                "request.timeout.ms", "5000",
                "delivery.timeout.ms", "10000"),
            Map.of("acks", "all", "enable.idempotence", "true")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Collection<Beat> decoded(Map<String, byte[]> last) {
    var beats = new HashMap<String, Beat>();
    last.forEach((key, value) -> {
      try {
        beats.put(key, BeatCodec.decode(value));
      } catch (MalformedRecord e) {
        LOG.warn("the beat of {} is left out, nobody here understands it: {}", key, e.getMessage());
      }
    });
    return beats.values();
  }
}
