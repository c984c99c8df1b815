package io.posthouse.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/// Whether a consumer's group still hears of it. Polling says nothing about that: while the cluster
/// is away, polls are merely empty.
final class ConsumerPulse {
  private static final double LONGEST_SILENCE_SECONDS = 8;

  private final Consumer<?, ?> consumer;
  private final Optional<? extends Metric> silence;

  ConsumerPulse(Consumer<?, ?> consumer) {
    this.consumer = consumer;
    silence =
        consumer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
            .findAny();
  }

  /// Why the consumer cannot work, if it cannot.
  Optional<String> trouble() {
    var group = consumer.groupMetadata();
    if (group.generationId() < 0) {
      return Optional.of("not in the consumer group " + group.groupId() + " yet");
    }
    return silence
        .map(metric -> (double) metric.metricValue())
        .filter(seconds -> seconds > LONGEST_SILENCE_SECONDS)
        .map(seconds -> "no broker has answered for " + Math.round(seconds) + " s");
  }
}
