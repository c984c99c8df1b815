package io.posthouse.storage;

import io.posthouse.address.MailAddress;
import io.posthouse.config.ByteSize;
import io.posthouse.config.NodeSettings;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaContentStore;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.NoRenewals;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.kafka.RetryMover;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.kafka.TopicAdmin;
import io.posthouse.kafka.TopicPlan;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDirectory;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.queue.Found;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.queue.Place;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.queue.Topics;
import io.posthouse.storage.intake.StorageSettings;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mongo.MongoMailboxReader;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// The storage role on a real broker and a given database, with a queue to fill it.
final class StorageRig implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  /// The samples are old.
  private static final RetrySchedule RETRY =
      new RetrySchedule(List.of(Duration.ofSeconds(1)), Duration.ofDays(36_500));

  final List<MailEvent> events = new CopyOnWriteArrayList<>();
  final HealthChecks health = new HealthChecks();
  final KafkaMailQueue queue;
  final Mongo mongo;
  private final KafkaCluster cluster;
  private final KafkaContentStore contents;
  private List<Service> services = List.of();
  private int users;

  StorageRig(Class<?> test, String mongoUri, String database) {
    this(test, mongoUri, database, TopicPlan.Layout.EMBEDDED);
  }

  StorageRig(Class<?> test, String mongoUri, String database, TopicPlan.Layout layout) {
    cluster = clusterOf(test);
    createTopics(layout);
    mongo = Mongo.connect(mongoUri, database);
    queue = new KafkaMailQueue(cluster, Sending.DEFAULT, "test", CLOCK, events::add, new Metrics());
    queue.start();
    contents = new KafkaContentStore(cluster, 2, Duration.ofSeconds(10));
  }

  private static KafkaCluster clusterOf(Class<?> test) {
    var broker = TestBroker.shared();
    return new KafkaCluster(broker.bootstrap(), new Topics(broker.freshPrefix(test)));
  }

  /// Starts the role, as a process does; not while it runs.
  void start() {
    start(StorageSettings.DEFAULT);
  }

  void start(StorageSettings settings) {
    services = start(settings, "test", events::add);
  }

  /// Starts the role once more, under another name; its caller ends it.
  List<Service> start(String node, Events told) {
    return start(StorageSettings.DEFAULT, node, told);
  }

  private List<Service> start(StorageSettings settings, String node, Events told) {
    var started =
        Storage.services(
            settings,
            new NodeSettings(node, "test.example"),
            new Storage.Surroundings(
                cluster,
                mongo,
                new MongoDirectory(mongo, Set.of(), CLOCK, MongoDirectory.Freshness.DEFAULT),
                Optional.empty(),
                queue,
                RETRY,
                ByteSize.mib(1),
                queue,
                contents,
                Optional.empty(),
                told,
                new Metrics(),
                health,
                CLOCK));
    started.forEach(Service::start);
    return started;
  }

  /// What brings back what was deferred, as a delivery worker runs it; to be started.
  List<Service> movers() {
    var directives = new KafkaDirectives(cluster);
    return List.of(
        directives,
        RetryMover.of(cluster, RETRY, directives, new NoRenewals(), "mover", events::add, CLOCK));
  }

  /// Ends it as SIGTERM does.
  void stop() {
    services.reversed().forEach(service -> service.drain(Duration.ofSeconds(10)));
    abandon();
  }

  /// Ends it without a drain.
  void abandon() {
    services.reversed().forEach(Service::close);
    services = List.of();
  }

  UserId addUser() {
    var address = MailAddress.of("user" + ++users + "@example.test");
    try {
      return ((Creation.Created) new MongoUsers(mongo).create(address, "secret", 0)).user();
    } catch (MongoDown down) {
      throw new AssertionError(down);
    }
  }

  /// Who gives orders; to be started.
  KafkaDirectives operator() {
    return new KafkaDirectives(cluster);
  }

  /// What is in the queue in these places.
  List<Envelope> queued(Place... places) {
    var found = new ArrayList<Envelope>();
    try {
      new QueueScanner(cluster)
          .scan(
              Set.of(places),
              some -> {
                if (some instanceof Found.Owed owed) found.add(owed.envelope());
                return true;
              },
              (_, _) -> {});
    } catch (KafkaUnreachable down) {
      throw new AssertionError(down);
    }
    return found;
  }

  /// Has Kafka delete what a topic holds.
  void forget(String topic) {
    TestTopics.forget(cluster, topic);
  }

  MailboxReader reader() {
    return new MongoMailboxReader(mongo);
  }

  Topics topics() {
    return cluster.topics();
  }

  /// Puts a message into the queue, and answers when it is durable.
  CompletableFuture<Envelope> put(UserId user, Content content) {
    return put(Samples.queueId(), user, content);
  }

  CompletableFuture<Envelope> put(QueueId id, UserId user, Content content) {
    var recipient =
        new Recipient(MailAddress.of("someone@example.test"), new Destination.Local(user));
    return put(Samples.message(id, content, recipient));
  }

  CompletableFuture<Envelope> put(Envelope envelope) {
    return queue
        .put(envelope)
        .thenApply(put ->
            switch (put) {
              case Put.Queued _ -> envelope;
              case Put.NotQueued(var why) -> throw new AssertionError(why);
            })
        .toCompletableFuture();
  }

  /// Messages of which we were told that they are in a mailbox.
  long stored() {
    return events.stream().filter(MailEvent.Stored.class::isInstance).count();
  }

  @Override
  public void close() {
    abandon();
    contents.close();
    queue.close();
    mongo.close();
  }

  private void createTopics(TopicPlan.Layout layout) {
    try {
      var plan = TopicPlan.of(cluster.topics(), layout, RETRY.tiers());
      new TopicAdmin(cluster, Duration.ofSeconds(30)).create(plan);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
