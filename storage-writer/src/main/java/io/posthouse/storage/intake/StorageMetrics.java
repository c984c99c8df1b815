package io.posthouse.storage.intake;

import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/// What storing costs, and what waits.
final class StorageMetrics {
  private final Metrics metrics;
  private final Histogram latency;
  private final Histogram batch;
  private final Histogram took;

  StorageMetrics(Metrics metrics, DoubleSupplier waiting) {
    this.metrics = metrics;
    latency =
        metrics.histogram(
            "mail_storage_latency_seconds",
            "From the arrival of a message at the edge until it is in the mailbox.",
            new double[] {.01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60, 600, 3600, 86400});
    batch =
        metrics.histogram(
            "mail_storage_batch_messages",
            "Messages stored together.",
            new double[] {1, 2, 5, 10, 25, 50, 100, 250, 1000});
    took =
        metrics.histogram(
            "mail_storage_batch_seconds",
            "How long MongoDB took for a batch, or to say no.",
            new double[] {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10});
    metrics.gauge("mail_storage_waiting", "Messages taken and in no batch.", waiting);
  }

  void handingOver(DoubleSupplier messages) {
    metrics.gauge(
        "mail_handover_waiting", "Messages to be handed over that nobody is at.", messages);
  }

  void batch(int messages, Duration storing) {
    batch.observe(messages);
    took.observe(seconds(storing));
  }

  void stored(Duration sinceArrival) {
    latency.observe(seconds(sinceArrival));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
