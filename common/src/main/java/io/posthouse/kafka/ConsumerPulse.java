package io.posthouse.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/// Whether a consumer's group still hears of it. Polling says nothing about that: while the cluster
/// is away, polls are merely empty.
final class ConsumerPulse {
  private static final double LONGEST_SILENCE_SECONDS = 8;

  private final Consumer<?, ?> consumer;
  private final Optional<? extends Metric> lastHeartbeat;
  private long joined;
  private boolean member;

  ConsumerPulse(Consumer<?, ?> consumer) {
    this.consumer = consumer;
    lastHeartbeat =
        consumer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
            .findAny();
  }

  /// Why the consumer cannot work, if it cannot.
  Optional<String> trouble() {
    var group = consumer.groupMetadata();
    var wasMember = member;
    member = group.generationId() >= 0;
    if (!member) return Optional.of("not in the consumer group " + group.groupId() + " yet");
    if (!wasMember) joined = System.nanoTime();
    var silence = silenceSeconds();
    return silence <= LONGEST_SILENCE_SECONDS
        ? Optional.empty()
        : Optional.of("no broker has answered for " + Math.round(silence) + " s");
  }

  private double silenceSeconds() {
    var sinceJoined = (System.nanoTime() - joined) / 1e9;
    // Negative until the first heartbeat.
    return lastHeartbeat
        .map(metric -> (double) metric.metricValue())
        .filter(seconds -> seconds >= 0)
        .orElse(sinceJoined);
  }
}
