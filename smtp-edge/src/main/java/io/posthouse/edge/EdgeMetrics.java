package io.posthouse.edge;

import io.posthouse.edge.wire.HandshakeFailure;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/// What the edge measures besides what its events count.
public final class EdgeMetrics {
  private static final double[] SECONDS = {
    .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30
  };

  private final Gauge sessions;
  private final Counter opened;
  private final Histogram handOver;
  private final Counter received;
  private final Counter notQueued;
  private final Counter earlyTalkers;
  private final Counter handshakesFailed;

  public EdgeMetrics(Metrics metrics, DoubleSupplier memoryHeld) {
    sessions = metrics.gauge("edge_sessions_open", "Sessions open now.", "listener");
    opened = metrics.counter("edge_sessions_total", "Sessions opened.", "listener");
    handOver =
        metrics.histogram(
            "edge_hand_over_seconds", "From the end of the content to our reply.", SECONDS);
    received = metrics.counter("edge_content_bytes_total", "Octets of content received.");
    notQueued = metrics.counter("edge_not_queued_total", "Messages Kafka did not take: 451.");
    earlyTalkers =
        metrics.counter("edge_early_talkers_total", "Clients that spoke before the greeting.");
    handshakesFailed =
        metrics.counter("edge_tls_handshakes_failed_total", "TLS that did not begin.", "reason");
    metrics.gauge("edge_content_held_bytes", "Octets of content in memory.", memoryHeld);
  }

  /// A session begins; `closed` of the answer is called at its end.
  public OpenSession open(String listener) {
    opened.labels(listener).inc();
    var gauge = sessions.labels(listener);
    gauge.inc();
    return gauge::dec;
  }

  /// Counted until it is closed.
  @FunctionalInterface
  public interface OpenSession {
    void closed();
  }

  public void spokeFirst() {
    earlyTalkers.inc();
  }

  public void handshakeFailed(HandshakeFailure reason) {
    handshakesFailed.labels(reason.name().toLowerCase(Locale.ROOT)).inc();
  }

  public void handedOver(long nanos, long octets, boolean queued) {
    handOver.observe(nanos / 1e9);
    received.inc((double) octets);
    if (!queued) notQueued.inc();
  }
}
