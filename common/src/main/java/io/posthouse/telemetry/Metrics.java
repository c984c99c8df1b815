package io.posthouse.telemetry;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.hotspot.DefaultExports;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// The metrics of one process. Labels come from enums and from our own words, never from addresses,
/// domains or hosts: no metric grows with traffic.
public final class Metrics {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Map<String, Gauge> families = new ConcurrentHashMap<>();

  /// No metrics yet, not even those of the JVM.
  public Metrics() {}

  /// The metrics of a process: those of the JVM to begin with.
  public static Metrics ofProcess() {
    var metrics = new Metrics();
    DefaultExports.register(metrics.registry);
    metrics.total("mail_log_lines_dropped_total", "Log lines lost.", Logs::dropped);
    return metrics;
  }

  /// For what has no method here.
  public CollectorRegistry registry() {
    return registry;
  }

  /// What has happened so often; its name ends in `_total`.
  public Counter counter(String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).register(registry);
  }

  /// What is so now, asked for whenever somebody looks; must not wait for anything.
  public void gauge(String name, String help, DoubleSupplier now) {
    Gauge.build(name, help).register(registry).setChild(live(now));
  }

  /// Like the other, for one of several in this process that have the name in common and differ in
  /// the value of a label.
  public void gauge(String name, String help, String label, String value, DoubleSupplier now) {
    families
        .computeIfAbsent(name, _ -> Gauge.build(name, help).labelNames(label).register(registry))
        .setChild(live(now), value);
  }

  /// What somebody else counts; its name ends in `_total`.
  public void total(String name, String help, DoubleSupplier soFar) {
    var live =
        new Counter.Child() {
          @Override
          public double get() {
            return soFar.getAsDouble();
          }
        };
    Counter.build(name, help).register(registry).setChild(live);
  }

  /// What we set ourselves when it changes.
  public Gauge gauge(String name, String help, String... labels) {
    return Gauge.build(name, help).labelNames(labels).register(registry);
  }

  /// How long something takes; its name ends in `_seconds`.
  ///
  /// @param buckets upper bounds in seconds, growing
  public Histogram histogram(String name, String help, double[] buckets, String... labels) {
    return Histogram.build(name, help).buckets(buckets).labelNames(labels).register(registry);
  }

  private static Gauge.Child live(DoubleSupplier now) {
    return new Gauge.Child() {
      @Override
      public double get() {
        return now.getAsDouble();
      }
    };
  }

  /// A constant as a label's value.
  public static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
