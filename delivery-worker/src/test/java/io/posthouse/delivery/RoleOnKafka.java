package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.config.ConfigException;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.SettingsFile;
import io.posthouse.dns.TestDns;
import io.posthouse.dnsjava.DnsjavaDns;
import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TopicAdmin;
import io.posthouse.kafka.TopicPlan;
import io.posthouse.lifecycle.Lifecycle;
import io.posthouse.lifecycle.Service;
import io.posthouse.lifecycle.Watcher;
import io.posthouse.queue.Topics;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The delivery role on a real broker, a real name server and real sockets; retries after a second
/// or two. Can be stopped and started again, as one node or another.
final class RoleOnKafka implements AutoCloseable {
  private static final List<String> SHORT =
      List.of("delivery.allow_loopback=true", "delivery.retry.delays=[1s,2s]");

  final TestDns dns = TestDns.start();
  final KafkaCluster kafka;
  final KafkaMailQueue queue;
  final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private final DeliverySettings settings;
  private Lifecycle running;
  private Metrics metrics = new Metrics();

  /// Not started yet.
  ///
  /// @param more settings as after `--set`
  RoleOnKafka(Class<?> test, String... more) {
    var broker = TestBroker.shared();
    this.kafka = new KafkaCluster(broker.bootstrap(), new Topics(broker.freshPrefix(test)));
    this.settings = settings(more);
    createTopics();
    this.queue = queue("edge-1");
    queue.start();
    this.running = role("worker-1");
  }

  RoleOnKafka start() {
    running.start();
    return this;
  }

  /// Drains and stops; what is put meanwhile waits in Kafka.
  void stop() {
    running.stop();
    running = role("worker-1");
  }

  <T extends MailEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// Of the worker that runs, or runs next.
  double metric(String name) {
    return metrics.registry().getSampleValue(name);
  }

  @Override
  public void close() {
    running.stop();
    queue.close();
    dns.close();
  }

  private Lifecycle role(String node) {
    metrics = new Metrics();
    var own = queue(node);
    var around =
        new DeliveryRole.Surroundings(
            kafka,
            own,
            own,
            new DnsjavaDns(List.of(dns.address()), Duration.ofSeconds(5)),
            Optional.empty(),
            Optional.empty(),
            events::add,
            metrics,
            new HealthChecks(),
            (_, _) -> {},
            InstantSource.system());
    var services = new ArrayList<Service>();
    services.add(own);
    services.addAll(
        DeliveryRole.services(new NodeSettings(node, "us.example.org"), settings, around));
    return new Lifecycle(services, Duration.ofSeconds(30), new Silent());
  }

  private KafkaMailQueue queue(String node) {
    return new KafkaMailQueue(
        kafka, Sending.DEFAULT, node, InstantSource.system(), events::add, new Metrics());
  }

  private void createTopics() {
    var layout = new TopicPlan.Layout(3, 2, 1, false);
    var plan = TopicPlan.of(kafka.topics(), layout, settings.retry().tiers());
    try {
      var creation = new TopicAdmin(kafka, Duration.ofSeconds(30)).create(plan);
      assertEquals(List.of(), creation.refused());
    } catch (KafkaUnreachable e) {
      throw new AssertionError(e);
    }
  }

  private static DeliverySettings settings(String... more) {
    var overrides = new ArrayList<>(SHORT);
    overrides.addAll(Arrays.asList(more));
    try {
      return SettingsFile.defaults()
          .with(overrides)
          .read(in -> DeliverySettings.read(in.section("delivery")))
          .settings();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private record Silent() implements Watcher {
    @Override
    public void started(Service service, Duration took) {}

    @Override
    public void stopped(Service service, boolean drained, Duration took) {}

    @Override
    public void failed(Service service, RuntimeException why) {}
  }
}
