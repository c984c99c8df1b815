package io.posthouse.ops.bench;

import io.posthouse.config.ConfigException;
import io.posthouse.config.Loaded;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.TopicAdmin;
import io.posthouse.mongo.Mongo;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.role.Node;
import io.posthouse.ops.topics.QueueTopics;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Logs;
import io.posthouse.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One role in this process, with topics and a database of its own on the cluster.
final class RoleBench {
  private static final String DATABASE = "posthouse_bench";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Loaded<PosthouseSettings> loaded;
  private final PosthouseSettings settings;

  private RoleBench(Loaded<PosthouseSettings> loaded) {
    this.loaded = loaded;
    this.settings = loaded.settings();
  }

  /// A name for the next run; runs on one cluster do not meet.
  static String name() {
    return "bench-" + Long.toString(System.currentTimeMillis(), 36);
  }

  /// @param overrides of settings, for this measurement
  static RoleBench on(ClusterOptions cluster, String run, List<String> overrides)
      throws ConfigException, KafkaUnreachable {
    var all = new ArrayList<>(overrides);
    all.add("kafka.topic_prefix=" + run + ".");
    all.add("node.id=" + run);
    all.add("telemetry.port=0");
    all.add("kafka.replication=" + replication(cluster));
    var loaded = cluster.load(PosthouseSettings::read, all);
    return new RoleBench(
        new Loaded<>(loaded.settings().withDatabase(DATABASE), loaded.effective()));
  }

  /// As many copies as production has, or as many as the cluster can make.
  private static int replication(ClusterOptions cluster) throws ConfigException, KafkaUnreachable {
    var kafka = cluster.read(PosthouseSettings::read).kafka();
    var brokers = new TopicAdmin(KafkaCluster.of(kafka), PATIENCE).brokers();
    return Math.min(kafka.replication(), brokers);
  }

  /// The database of its own.
  Mongo mongo() {
    return Mongo.connect(settings.mongodb().uri().text(), DATABASE);
  }

  /// Puts the backlog into the queue, then starts the role and watches it; deletes the topics in
  /// any case.
  Throughput run(Backlog backlog, Consumer<Node> role)
      throws KafkaUnreachable, IOException, InterruptedException {
    return run(backlog, backlog.messages(), role);
  }

  /// The same, until so many messages are done.
  Throughput run(Backlog backlog, int most, Consumer<Node> role)
      throws KafkaUnreachable, IOException, InterruptedException {
    var watch = new RoleWatch(most, System::nanoTime);
    return onTopics(() -> {
      put(backlog);
      return running(watch, role, watch::await);
    });
  }

  /// Starts the role on an empty queue, and ends it with `work`, which may [#put]; deletes the
  /// topics in any case.
  <T> T beside(Events events, Consumer<Node> role, Work<T> work)
      throws KafkaUnreachable, IOException, InterruptedException {
    return onTopics(() -> running(events, role, work));
  }

  /// What is done while topics are there, or a role runs.
  interface Work<T> {
    T go() throws KafkaUnreachable, IOException, InterruptedException;
  }

  private <T> T onTopics(Work<T> work) throws KafkaUnreachable, IOException, InterruptedException {
    var log = Files.createTempFile("posthouse-bench", ".log");
    // Events are written as a role writes them, but not between the lines of the answer.
    Logs.toFile(log);
    var topics = QueueTopics.of(settings, KafkaCluster.of(settings.kafka()));
    try {
      var refused = topics.create().refused();
      if (!refused.isEmpty()) throw CommandFailed.because(refused.getFirst().toString());
      return work.go();
    } finally {
      topics.delete();
      Logs.close();
      Files.deleteIfExists(log);
    }
  }

  /// Puts all of it into the queue; returns when it is durable.
  void put(Backlog backlog) throws InterruptedException {
    var cluster = KafkaCluster.of(settings.kafka());
    var clock = InstantSource.system();
    var queue =
        new KafkaMailQueue(
            cluster, settings.sending(), settings.node().id(), clock, _ -> {}, new Metrics());
    queue.start();
    try {
      backlog.putInto(queue);
    } finally {
      queue.drain(PATIENCE);
      queue.close();
    }
  }

  private <T> T running(Events events, Consumer<Node> role, Work<T> work)
      throws KafkaUnreachable, IOException, InterruptedException {
    try (var node = new Node(loaded, events)) {
      role.accept(node);
      var lifecycle = node.lifecycle();
      lifecycle.start();
      try {
        return work.go();
      } finally {
        lifecycle.stop();
      }
    }
  }
}
