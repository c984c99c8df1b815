package io.posthouse.kafka;

import io.posthouse.kafka.Sent.Durable;
import io.posthouse.kafka.Sent.Lost;
import io.posthouse.kafka.Sent.TooLong;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.QueueId;
import io.posthouse.telemetry.EventSink;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events in the topic `events`, those of a message in order, on as many brokers as must
/// acknowledge.
///
/// What became of a message is brought again until Kafka has it, so it may be there twice; it
/// counts as dropped only if the process ends before, or if it is too long. All else that Kafka
/// does not take in time is counted and forgotten: it is in the log.
public final class KafkaEventSink implements EventSink, Service {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventSink.class);
  private static final Sending SENDING =
      Sending.DEFAULT.withPatience(Duration.ofSeconds(30)).withMemory(16 << 20);

  private final KafkaCluster cluster;
  private final long roomForAll;
  private final Lane lane;
  private final Counter dropped;
  private final Unkept unkept = new Unkept();
  private final Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
  private volatile @Nullable String failure;
  private volatile boolean closed;

  public KafkaEventSink(KafkaCluster cluster, Metrics metrics) {
    this(cluster, SENDING, metrics);
  }

  KafkaEventSink(KafkaCluster cluster, Sending sending, Metrics metrics) {
    this.cluster = cluster;
    // The rest is for what must be kept.
    this.roomForAll = sending.memory() / 2;
    this.dropped =
        metrics.counter(
            "mail_events_dropped_total", "Events that are in the log and not in Kafka.");
    metrics.gauge(
        "mail_events_unkept",
        "Messages of which Kafka does not know yet what became.",
        unkept::messages);
    var producers = new Producers(cluster, sending);
    this.lane =
        new Lane(
            "events",
            producers::events,
            sending.memory(),
            producers.laneWait(),
            watcher(),
            Runnable::run);
  }

  @Override
  public String name() {
    return "events to " + cluster;
  }

  @Override
  public void start() {
    lane.start();
  }

  /// Why messages are not settled, if that is because Kafka does not take what became of them.
  public Optional<String> trouble() {
    var messages = unkept.messages();
    return messages == 0
        ? Optional.empty()
        : Optional.ofNullable(failure)
            .map(why -> "what became of " + messages + " messages is not recorded: " + why);
  }

  @Override
  public void put(Optional<QueueId> about, byte[] json) {
    if (lane.held() > roomForAll) {
      dropped.inc();
      return;
    }
    var _ =
        lane.send(record(about, json))
            .thenAccept(sent -> {
              if (!(sent instanceof Durable)) dropped.inc();
            });
  }

  @Override
  public void keep(QueueId about, byte[] json) {
    unkept.add(about);
    bring(about, record(Optional.of(about), json));
  }

  @Override
  public CompletionStage<Void> kept(QueueId message) {
    return unkept.kept(message);
  }

  private void bring(QueueId about, ProducerRecord<byte[], byte[]> record) {
    var _ = lane.send(record).thenAccept(sent -> brought(about, record, sent));
  }

  private void brought(QueueId about, ProducerRecord<byte[], byte[]> record, Sent sent) {
    switch (sent) {
      case Durable _ -> unkept.remove(about);
      case Lost _ -> {
        if (!closed) later.execute(() -> bring(about, record));
      }
      case TooLong(var why) -> {
        LOG.warn("what became of {} is in the log alone: {}", about, why);
        dropped.inc();
        unkept.remove(about);
      }
    }
  }

  @Override
  public void drain(Duration deadline) {
    if (closed) return;
    closed = true;
    lane.close(deadline);
    // Whoever waits for these ends, too.
    dropped.inc(unkept.events());
  }

  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private ProducerRecord<byte[], byte[]> record(Optional<QueueId> about, byte[] json) {
    return new ProducerRecord<>(cluster.topics().events(), key(about), json);
  }

  private Lane.Watcher watcher() {
    return new Lane.Watcher() {
      @Override
      public void durable(Duration after) {
        failure = null;
      }

      @Override
      public void lost() {}

      @Override
      public void failed(String why) {
        failure = why;
      }
    };
  }

  private static byte @Nullable [] key(Optional<QueueId> about) {
    return about.map(id -> id.text().getBytes(StandardCharsets.US_ASCII)).orElse(null);
  }
}
