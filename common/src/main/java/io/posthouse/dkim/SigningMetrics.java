package io.posthouse.dkim;

import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/// How many messages are signed, how many are not and why, and what it costs.
public final class SigningMetrics {
  private static final double[] SECONDS = {
    .0002, .0005, .001, .002, .005, .01, .02, .05, .1, .5, 1, 5
  };

  private final Counter messages;
  private final Histogram took;

  public SigningMetrics(Metrics metrics) {
    messages =
        metrics.counter(
            "dkim_messages_total",
            "Messages that were to be signed, and what came of it.",
            "result");
    took = metrics.histogram("dkim_sign_seconds", "Looking keys up and signing.", SECONDS);
  }

  void count(Signing signing, long nanos) {
    messages.labels(result(signing)).inc();
    took.observe(nanos / 1e9);
  }

  private static String result(Signing signing) {
    return switch (signing) {
      case Signing.Signed _ -> "signed";
      case Signing.Unsigned(var reason) -> Metrics.label(reason);
      case Signing.NotNow _ -> "not_now";
    };
  }
}
