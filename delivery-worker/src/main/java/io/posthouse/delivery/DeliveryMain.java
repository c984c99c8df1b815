package io.posthouse.delivery;

import io.posthouse.config.ConfigException;
import io.posthouse.config.DnsSettings;
import io.posthouse.config.HostPort;
import io.posthouse.config.KafkaSettings;
import io.posthouse.config.Loaded;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.Settings;
import io.posthouse.config.SettingsFile;
import io.posthouse.config.TelemetrySettings;
import io.posthouse.dnsjava.DnsjavaDns;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Lifecycle;
import io.posthouse.lifecycle.Service;
import io.posthouse.telemetry.EventRecorder;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import io.posthouse.telemetry.ServiceEvents;
import io.posthouse.telemetry.TelemetryServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A delivery worker in a process of its own: `DeliveryMain FILE [KEY=VALUE ...]`.
public final class DeliveryMain {
  /// Longer than most hosts take; whoever takes longer is delivered again.
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private DeliveryMain() {}

  /// What a delivery worker reads of the settings.
  public record RoleSettings(
      NodeSettings node,
      KafkaSettings kafka,
      DnsSettings dns,
      DeliverySettings delivery,
      TelemetrySettings telemetry) {
    public static RoleSettings read(Settings in) {
      in.leaveUnread("mongodb", "tls", "edge", "storage");
      return new RoleSettings(
          NodeSettings.read(in.section("node")),
          KafkaSettings.read(in.section("kafka")),
          DnsSettings.read(in.section("dns")),
          DeliverySettings.read(in.section("delivery")),
          TelemetrySettings.read(in.section("telemetry")));
    }
  }

  /// Runs until the process is asked to end. Exit code 0: drained; 1: not; 3: settings.
  public static void main(String... arguments) throws InterruptedException {
    try {
      var overrides = Arrays.asList(arguments).subList(1, arguments.length);
      run(SettingsFile.load(Path.of(arguments[0])).with(overrides).read(RoleSettings::read));
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(3);
    } catch (CannotStartException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /// Runs a delivery worker until the process is asked to end.
  public static void run(Loaded<RoleSettings> loaded) throws InterruptedException {
    var settings = loaded.settings();
    var metrics = Metrics.ofProcess();
    var kafka = KafkaCluster.of(settings.kafka());
    var sink = new KafkaEventSink(kafka, metrics);
    var events = new EventRecorder(settings.node().id(), InstantSource.system(), metrics, sink);
    events.record(new MailEvent.Configured(loaded.effective()));
    var services = services(settings, kafka, sink, metrics, events);
    new Lifecycle(services, DRAIN, new ServiceEvents(events)).runUntilStopped(() -> {});
  }

  private static List<Service> services(
      RoleSettings settings,
      KafkaCluster kafka,
      KafkaEventSink sink,
      Metrics metrics,
      EventRecorder events) {
    var clock = InstantSource.system();
    var node = settings.node();
    var queue = new KafkaMailQueue(kafka, Sending.DEFAULT, node.id(), clock, events, metrics);
    var health = new HealthChecks();
    health.add("kafka", () -> queue.trouble().map(Health::notOk).orElseGet(Health::ok));
    var around =
        new DeliveryRole.Surroundings(
            kafka, queue, queue, dns(settings.dns()), events, metrics, health, clock);
    var services = new ArrayList<Service>();
    services.add(new TelemetryServer(settings.telemetry(), metrics, health, events));
    services.add(sink);
    services.add(queue);
    services.addAll(DeliveryRole.services(node, settings.delivery(), around));
    return services;
  }

  private static DnsjavaDns dns(DnsSettings settings) {
    return new DnsjavaDns(
        settings.servers().stream().map(HostPort::toSocketAddress).toList(), settings.timeout());
  }
}
