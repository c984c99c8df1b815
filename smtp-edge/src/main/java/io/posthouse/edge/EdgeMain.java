package io.posthouse.edge;

import io.posthouse.config.ConfigException;
import io.posthouse.config.KafkaSettings;
import io.posthouse.config.Loaded;
import io.posthouse.config.MongoSettings;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.Settings;
import io.posthouse.config.SettingsFile;
import io.posthouse.config.TelemetrySettings;
import io.posthouse.config.TlsSettings;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Lifecycle;
import io.posthouse.lifecycle.Service;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDirectory;
import io.posthouse.mongo.MongoLogins;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// An edge node in a process of its own: `EdgeMain FILE [KEY=VALUE ...]`.
public final class EdgeMain {
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private EdgeMain() {}

  /// What an edge node reads of the settings.
  public record RoleSettings(
      NodeSettings node,
      KafkaSettings kafka,
      MongoSettings mongodb,
      TlsSettings tls,
      EdgeSettings edge,
      TelemetrySettings telemetry) {
    public static RoleSettings read(Settings in) {
      in.leaveUnread("dns", "delivery", "storage");
      return new RoleSettings(
          NodeSettings.read(in.section("node")),
          KafkaSettings.read(in.section("kafka")),
          MongoSettings.read(in.section("mongodb")),
          TlsSettings.read(in.section("tls")),
          EdgeSettings.read(in.section("edge")),
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

  /// Runs an edge node until the process is asked to end.
  public static void run(Loaded<RoleSettings> loaded) throws InterruptedException {
    var settings = loaded.settings();
    var metrics = Metrics.ofProcess();
    var kafka = KafkaCluster.of(settings.kafka());
    var sink = new KafkaEventSink(kafka, metrics);
    var events = new EventRecorder(settings.node().id(), InstantSource.system(), metrics, sink);
    events.record(new MailEvent.Configured(loaded.effective()));
    try (var mongo =
        Mongo.connect(settings.mongodb().uri().text(), settings.mongodb().database())) {
      new Lifecycle(
              services(settings, kafka, mongo, sink, metrics, events),
              DRAIN,
              new ServiceEvents(events))
          .runUntilStopped(() -> {});
    }
  }

  private static List<Service> services(
      RoleSettings settings,
      KafkaCluster kafka,
      Mongo mongo,
      KafkaEventSink sink,
      Metrics metrics,
      EventRecorder events) {
    var clock = InstantSource.system();
    var queue =
        new KafkaMailQueue(kafka, Sending.DEFAULT, settings.node().id(), clock, events, metrics);
    var directory =
        new MongoDirectory(
            mongo, Set.copyOf(settings.edge().domains()), clock, MongoDirectory.Freshness.DEFAULT);
    var health = new HealthChecks();
    health.add("kafka", check(queue::trouble));
    health.add("mongodb", check(directory::trouble));
    var around =
        new Edge.Surroundings(queue, directory, new MongoLogins(mongo), events, metrics, clock);
    return List.of(
        new TelemetryServer(settings.telemetry(), metrics, health, events),
        sink,
        queue,
        Edge.server(settings.edge(), settings.node(), settings.tls(), around));
  }

  private static Health.Check check(Supplier<Optional<String>> trouble) {
    return () -> trouble.get().map(Health::notOk).orElseGet(Health::ok);
  }
}
