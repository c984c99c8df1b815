package io.posthouse.ops.role;

import io.posthouse.config.Loaded;
import io.posthouse.kafka.KafkaBeats;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaContentStore;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.TopicCheck;
import io.posthouse.lifecycle.Lifecycle;
import io.posthouse.lifecycle.Service;
import io.posthouse.mongo.Mongo;
import io.posthouse.node.AtWork;
import io.posthouse.node.Heart;
import io.posthouse.node.NodeRole;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.topics.QueueTopics;
import io.posthouse.telemetry.EventRecorder;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.Logs;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import io.posthouse.telemetry.Page;
import io.posthouse.telemetry.ServiceEvents;
import io.posthouse.telemetry.TelemetryServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A process: what every one has, whichever roles it runs, and the order in which it all starts.
///
/// The HTTP page comes first and goes last, so that a start and a drain can be watched; the queue
/// comes before the roles that lean on it.
public final class Node implements AutoCloseable {
  /// Long enough for the content of a message to end; an orchestrator should wait a little longer
  /// before it kills.
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private static final Duration CONTENT_PATIENCE = Duration.ofSeconds(30);
  private static final int CONTENT_READERS = 4;

  private final PosthouseSettings settings;
  private final InstantSource clock = InstantSource.system();
  private final Metrics metrics = Metrics.ofProcess();
  private final HealthChecks health = new HealthChecks();
  private final KafkaCluster cluster;
  private final KafkaEventSink sink;
  private final Events events;
  private final KafkaMailQueue queue;
  private final KafkaContentStore content;
  private final Mongo mongo;
  private final Signers signers;
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final List<Service> foundation = new ArrayList<>();
  private final Set<NodeRole> plays = EnumSet.noneOf(NodeRole.class);
  private final List<Service> roles = new ArrayList<>();
  private final Opening opening = new Opening();
  private final List<Service> last = new ArrayList<>();
  private Duration drain = DRAIN;

  /// Nothing runs yet, and nothing is connected.
  public Node(Loaded<PosthouseSettings> loaded) {
    this(loaded, _ -> {});
  }

  /// The same, for somebody who wants to hear of the events too.
  public Node(Loaded<PosthouseSettings> loaded, Events listener) {
    settings = loaded.settings();
    var id = settings.node().id();
    Logs.name(id);
    cluster = KafkaCluster.of(settings.kafka());
    sink = new KafkaEventSink(cluster, metrics);
    var recorder = new EventRecorder(id, clock, metrics, sink);
    events = new HeardEvents(recorder, listener);
    queue = new KafkaMailQueue(cluster, settings.sending(), id, clock, events, metrics);
    content = new KafkaContentStore(cluster, CONTENT_READERS, CONTENT_PATIENCE);
    mongo = Mongo.connect(settings.mongodb().uri().text(), settings.mongodb().database());
    signers = new Signers(settings.dkim(), mongo, events, metrics, clock);
    ready("kafka", queue::trouble);
    ready("events", sink::trouble);
    ready("roles", opening::trouble);
    events.record(new MailEvent.Configured(loaded.effective()));
  }

  /// Adds what everything else leans on, to start before the queue.
  public Node withFoundation(Service part) {
    foundation.add(part);
    return this;
  }

  /// Adds a part of a role, to start after those added before.
  public Node with(Service part) {
    roles.add(part);
    return this;
  }

  /// Says what it does.
  Node as(NodeRole role) {
    plays.add(role);
    return this;
  }

  /// Adds what starts when the node is open for work.
  public Node withLast(Service part) {
    last.add(part);
    return this;
  }

  /// Gives the drain so long, where that is longer than usual.
  Node withDrain(Duration longest) {
    if (longest.compareTo(drain) > 0) drain = longest;
    return this;
  }

  /// Makes readiness depend on something that says what is wrong with it, if anything is.
  public void ready(String what, Supplier<Optional<String>> trouble) {
    health.add(what, () -> trouble.get().map(Health::notOk).orElseGet(Health::ok));
  }

  /// All services, not started.
  public Lifecycle lifecycle() {
    var topics = QueueTopics.of(settings, cluster);
    var check = new TopicCheck(topics.admin(), topics.plan());
    ready("topics", check::trouble);
    var services = new ArrayList<Service>();
    var http = new TelemetryServer(settings.telemetry(), metrics, health, events);
    pages.forEach(http::add);
    services.add(http);
    services.addAll(foundation);
    services.add(heart(http));
    services.add(check);
    services.add(sink);
    services.add(queue);
    services.addAll(roles);
    services.add(opening);
    services.addAll(last);
    return new Lifecycle(services, drain, new ServiceEvents(events));
  }

  /// Says goodbye when all else has ended but what it needs for that.
  private Heart heart(TelemetryServer http) {
    var atWork = roles.stream().filter(AtWork.class::isInstance).map(AtWork.class::cast).toList();
    var vitals =
        new OwnVitals(
            settings.node(), plays, clock.instant(), http::address, opening, health, atWork);
    return new Heart(vitals, new KafkaBeats(cluster), metrics, clock);
  }

  /// Waits until every check is well.
  ///
  /// @return what is still wrong when the time is up; empty when all is well
  public String awaitReady(Duration atMost) {
    var end = System.nanoTime() + atMost.toNanos();
    while (!health.report().isReady() && System.nanoTime() < end) LockSupport.parkNanos(20_000_000);
    return health.report().reasons();
  }

  /// Runs until the system wants the process to end.
  public void run() throws InterruptedException {
    lifecycle().runUntilStopped(Logs::close);
  }

  public PosthouseSettings settings() {
    return settings;
  }

  public InstantSource clock() {
    return clock;
  }

  public Metrics metrics() {
    return metrics;
  }

  public HealthChecks health() {
    return health;
  }

  /// Where roles put up what they show; before [#lifecycle()].
  Page.Board pages() {
    return pages::put;
  }

  public Events events() {
    return events;
  }

  public KafkaCluster cluster() {
    return cluster;
  }

  public KafkaMailQueue queue() {
    return queue;
  }

  public KafkaContentStore content() {
    return content;
  }

  public Mongo mongo() {
    return mongo;
  }

  /// Who signs what the roles send.
  Signers signers() {
    return signers;
  }

  @Override
  public void close() {
    content.close();
    mongo.close();
  }
}
