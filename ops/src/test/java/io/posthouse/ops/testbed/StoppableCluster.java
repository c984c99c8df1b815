package io.posthouse.ops.testbed;

import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.peers.Ports;
import java.nio.file.Path;

/// A Kafka and a MongoDB that a test takes away and gives back, with their data, where they were.
public final class StoppableCluster implements AutoCloseable {
  private final EmbeddedKafka.Settings kafkaSettings;
  private final EmbeddedMongo.Settings mongoSettings;
  private EmbeddedKafka kafka;
  private EmbeddedMongo mongo;

  /// Both are started.
  public StoppableCluster() {
    Path folder = Testbed.folder("cluster");
    kafkaSettings =
        EmbeddedKafka.Settings.in(folder.resolve("kafka")).withPort(Ports.free()).withFsync(false);
    mongoSettings =
        EmbeddedMongo.Settings.in(folder.resolve("mongo")).withPort(Ports.free()).withFsync(false);
    kafka = EmbeddedKafka.start(kafkaSettings);
    mongo = EmbeddedMongo.start(mongoSettings);
  }

  public Cluster cluster() {
    return new Cluster(kafka.bootstrap(), mongo.uri());
  }

  public void stopKafka() {
    kafka.close();
  }

  public void startKafka() {
    kafka = EmbeddedKafka.start(kafkaSettings);
  }

  public void stopMongo() {
    mongo.close();
  }

  public void startMongo() {
    mongo = EmbeddedMongo.start(mongoSettings);
  }

  @Override
  public void close() {
    kafka.close();
    mongo.close();
  }
}
