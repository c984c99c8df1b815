package io.posthouse.kafka;

import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Duration;

/// What the queue's figures say, and its pulse.
final class QueueMetrics implements Lane.Watcher {
  private static final double[] SECONDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
  };

  private final Pulse pulse;
  private final Histogram appends;
  private final Counter lost;

  QueueMetrics(Pulse pulse, Metrics metrics) {
    this.pulse = pulse;
    this.appends =
        metrics.histogram(
            "mail_queue_append_seconds", "From our hands until Kafka has it.", SECONDS);
    this.lost = metrics.counter("mail_queue_refused_total", "Records Kafka did not take in time.");
    metrics.gauge(
        "mail_queue_up", "Whether Kafka takes mail.", () -> pulse.trouble().isEmpty() ? 1 : 0);
  }

  @Override
  public void durable(Duration after) {
    pulse.beat();
    appends.observe(after.toNanos() / 1e9);
  }

  @Override
  public void lost() {
    lost.inc();
  }

  @Override
  public void failed(String why) {
    pulse.failed(why);
  }
}
