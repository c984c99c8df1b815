package io.posthouse.ops.replay;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.ContentCarrier;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaContentStore;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DurableQueue;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;

/// The queue, for a command that reads content from it and puts some there.
public final class QueueAccess implements AutoCloseable {
  private static final int READERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PosthouseSettings settings;
  private final KafkaCluster cluster;
  private final KafkaContentStore contents;
  private final KafkaMailQueue queue;

  private QueueAccess(PosthouseSettings settings) {
    this.settings = settings;
    cluster = KafkaCluster.of(settings.kafka());
    contents = new KafkaContentStore(cluster, READERS, PATIENCE);
    queue =
        new KafkaMailQueue(
            cluster, settings.sending(), node(), InstantSource.system(), _ -> {}, new Metrics());
  }

  /// Opens the queue of the cluster that was named; whether it answers shows when it is asked.
  public static QueueAccess open(ClusterOptions options) throws ConfigException {
    var access = new QueueAccess(options.read(PosthouseSettings::read));
    access.queue.start();
    return access;
  }

  public PosthouseSettings settings() {
    return settings;
  }

  public KafkaCluster cluster() {
    return cluster;
  }

  public ContentStore contents() {
    return contents;
  }

  /// Our name in events.
  public String node() {
    return settings.node().id();
  }

  public ContentCarrier carrier() {
    return new ContentCarrier(contents, new DurableQueue(queue));
  }

  @Override
  public void close() {
    contents.close();
    queue.close();
  }
}
