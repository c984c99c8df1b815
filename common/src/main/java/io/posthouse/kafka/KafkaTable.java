package io.posthouse.kafka;

import io.posthouse.lifecycle.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A compacted topic of one partition as a table that all nodes share: each reads all of it, and
/// what is added for as long as it runs. What it keeps of that is its reader's business.
public final class KafkaTable implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTable.class);
  private static final Duration TURN = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaCluster cluster;
  private final TopicPartition topic;
  private final Reader reader;
  private final ConsumerThread thread;
  private final Object sending = new Object();
  private Optional<Producer<byte[], byte[]>> producer = Optional.empty();
  private boolean closed;
  private final CountDownLatch wasRead = new CountDownLatch(1);

  /// Is told each value, the newest of a key last; on one thread. After trouble with Kafka it may
  /// be told all of them again.
  @FunctionalInterface
  public interface Reader {
    /// Takes notice of one.
    ///
    /// @param offset of the record, the same for everybody
    void read(long offset, String key, byte[] value);

    /// Takes notice that there is none any more.
    default void forget(String key) {}
  }

  public KafkaTable(KafkaCluster cluster, String topic, Reader reader) {
    this.cluster = cluster;
    this.topic = new TopicPartition(topic, 0);
    this.reader = reader;
    this.thread = new ConsumerThread("table-" + topic, Reading::new);
  }

  @Override
  public String name() {
    return "table " + topic.topic();
  }

  /// Reads what is there. Where that takes long, or Kafka does not answer, it goes on beside
  /// everything else, and [#trouble()] tells.
  @Override
  public void start() {
    thread.start();
    try {
      var _ = wasRead.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns once it has been read to its end.
  public void awaitRead() throws InterruptedException {
    wasRead.await();
  }

  /// Why not all of the table is known; empty once it has been read to its end.
  public Optional<String> trouble() {
    if (wasRead.getCount() == 0) return Optional.empty();
    var why = thread.trouble().map(trouble -> ": " + trouble).orElse("");
    return Optional.of(topic.topic() + " is not read yet" + why);
  }

  /// Writes without waiting for the word of the brokers. What they do not take is in the log, and
  /// lost to the others.
  public void put(String key, byte[] value) {
    write(key, value);
  }

  /// Removes one, as [#put] writes it.
  void remove(String key) {
    write(key, null);
  }

  private void write(String key, byte @Nullable [] value) {
    var octets = key.getBytes(StandardCharsets.UTF_8);
    try {
      producer()
          .ifPresent(open -> {
            var record = new ProducerRecord<>(topic.topic(), topic.partition(), octets, value);
            var _ = open.send(record, (_, trouble) -> note(key, Optional.ofNullable(trouble)));
          });
    } catch (KafkaException e) {
      note(key, Optional.of(e));
    }
  }

  @Override
  public void drain(Duration deadline) {
    thread.close();
    synchronized (sending) {
      closed = true;
      producer.ifPresent(open -> open.close(deadline));
      producer = Optional.empty();
    }
  }

  @Override
  public void close() {
    drain(Duration.ofSeconds(1));
  }

  private void note(String key, Optional<Exception> trouble) {
    trouble.ifPresent(e -> LOG.warn("{}: {} is not written: {}", topic, key, Why.of(e)));
  }

  /// None once it was closed.
  private Optional<Producer<byte[], byte[]>> producer() {
    synchronized (sending) {
      if (producer.isEmpty() && !closed) producer = Optional.of(openProducer());
      return producer;
    }
  }

  private Producer<byte[], byte[]> openProducer() {
    return new KafkaProducer<>(
        cluster.client(
            Map.of(
                "max.block.ms", "1000",
                "linger.ms", "5",
                "buffer.memory", "4194304",
                "delivery.timeout.ms", "30000",
                "request.timeout.ms", "10000"),
            Map.of("acks", "all", "enable.idempotence", "true")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private final class Reading implements ConsumerThread.Life {
    private final Consumer<byte[], byte[]> from = FromTheStart.of(cluster, topic);
    private OptionalLong end = OptionalLong.empty();

    @Override
    public void turn(boolean takeMore) {
      // Not earlier: who fails here has its consumer closed.
      if (end.isEmpty()) end = OptionalLong.of(endNow());
      for (var record : from.poll(TURN)) {
        if (record.key() == null) continue;
        var key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) reader.forget(key);
        else reader.read(record.offset(), key, record.value());
      }
      if (from.position(topic, PATIENCE) >= end.getAsLong()) wasRead.countDown();
    }

    private long endNow() {
      return from.endOffsets(List.of(topic), PATIENCE).getOrDefault(topic, 0L);
    }

    @Override
    public boolean holdsNothing() {
      return true;
    }

    @Override
    public Optional<String> trouble() {
      return Optional.empty();
    }

    @Override
    public void close() {
      from.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    @Override
    public void abandon() {
      from.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}
