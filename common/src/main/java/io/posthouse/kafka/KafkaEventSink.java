package io.posthouse.kafka;

import io.posthouse.lifecycle.Service;
import io.posthouse.message.QueueId;
import io.posthouse.telemetry.EventSink;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Events in the topic `events`, those of a message in order. One broker's word is enough, and what
/// Kafka does not take is counted and forgotten: it is in the log.
public final class KafkaEventSink implements EventSink, Service {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MEMORY = 8 << 20;

  private final KafkaCluster cluster;
  private final Lane lane;
  private final Counter dropped;

  public KafkaEventSink(KafkaCluster cluster, Metrics metrics) {
    this.cluster = cluster;
    this.dropped =
        metrics.counter(
            "mail_events_dropped_total", "Events that are in the log and not in Kafka.");
    var producers =
        new Producers(cluster, Sending.DEFAULT.withPatience(PATIENCE).withMemory(MEMORY));
    this.lane =
        new Lane(
            "events", producers::events, MEMORY, producers.laneWait(), watcher(), Runnable::run);
  }

  @Override
  public String name() {
    return "events to " + cluster;
  }

  @Override
  public void start() {
    lane.start();
  }

  @Override
  public void put(Optional<QueueId> about, byte[] json) {
    var _ = lane.send(new ProducerRecord<>(cluster.topics().events(), key(about), json));
  }

  @Override
  public void drain(Duration deadline) {
    lane.close(deadline);
  }

  @Override
  public void close() {
    lane.close(Duration.ZERO);
  }

  private Lane.Watcher watcher() {
    return new Lane.Watcher() {
      @Override
      public void durable(Duration after) {}

      @Override
      public void lost() {
        dropped.inc();
      }

      @Override
      public void failed(String why) {}
    };
  }

  private static byte @Nullable [] key(Optional<QueueId> about) {
    return about.map(id -> id.text().getBytes(StandardCharsets.US_ASCII)).orElse(null);
  }
}
