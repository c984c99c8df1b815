package io.posthouse.delivery.intake;

import io.posthouse.delivery.shaping.Answer;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Duration;

/// What delivery measures beside what its events count.
public final class DeliveryMetrics {
  private static final double[] SECONDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 600
  };

  private final Histogram attempts;
  private final Counter postponed;

  public DeliveryMetrics(Metrics metrics) {
    attempts =
        metrics.histogram("delivery_attempt_seconds", "One attempt, all its addresses.", SECONDS);
    postponed =
        metrics.counter(
            "delivery_postponed_total",
            "Messages put aside without an attempt, because their site was busy or is left alone.",
            "reason");
  }

  void attempted(Duration took) {
    attempts.observe(took.toNanos() / 1e9);
  }

  void postponed(Answer.Reason reason) {
    postponed.labels(reason.toString()).inc();
  }

  /// Every way of a message is left alone.
  void leftAlone() {
    postponed.labels("left_alone").inc();
  }
}
