package io.posthouse.kafka;

import io.posthouse.telemetry.Metrics;
import java.util.function.DoubleSupplier;

/// Gauges of one member of a consumer group; a process may have several.
record GroupGauges(Metrics metrics, String member) {
  void gauge(String name, String help, DoubleSupplier now) {
    metrics.gauge(name, help, "group", member, now);
  }
}
