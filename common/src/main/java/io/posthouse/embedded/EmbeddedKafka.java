package io.posthouse.embedded;

import io.posthouse.lifecycle.CannotStartException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A real Kafka broker, its own controller too (KRaft), in this process. Its data outlives it,
/// however it ends; with [Settings#fsync()] every append is on disk before it is acknowledged, as
/// one broker alone must do it.
public final class EmbeddedKafka implements AutoCloseable {
  private final DataDirectory directory;
  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(DataDirectory directory, KafkaRaftServer server, int port) {
    this.directory = directory;
    this.server = server;
    this.port = port;
  }

  /// Where and how the broker runs.
  ///
  /// @param port for clients; 0 for any free one
  /// @param toldPort that clients are told to come to, where something stands before the broker; 0
  ///   for none
  /// @param controllerPort for the broker's talk with itself; 0 for any free one. Both may change
  ///   from start to start
  /// @param fsync whether an append is on disk before it is acknowledged
  public record Settings(
      Path directory, int port, int toldPort, int controllerPort, boolean fsync) {
    /// Any free ports, nothing acknowledged that is not on disk.
    public static Settings in(Path directory) {
      return new Settings(directory, 0, 0, 0, true);
    }

    public Settings withPort(int port) {
      return new Settings(directory, port, toldPort, controllerPort, fsync);
    }

    public Settings withToldPort(int toldPort) {
      return new Settings(directory, port, toldPort, controllerPort, fsync);
    }

    public Settings withFsync(boolean fsync) {
      return new Settings(directory, port, toldPort, controllerPort, fsync);
    }
  }

  /// Returns once the broker serves clients.
  ///
  /// @throws CannotStartException where a port is taken or the directory is in use
  public static EmbeddedKafka start(Settings settings) {
    return start(settings, Map.of());
  }

  /// @param more properties of the broker, in the place of ours
  static EmbeddedKafka start(Settings settings, Map<String, String> more) {
    var directory = DataDirectory.lock(settings.directory());
    try {
      var port = Loopback.port("Kafka", settings.port());
      var controllerPort = Loopback.port("Kafka's controller", settings.controllerPort());
      var data = directory.path().resolve("log");
      format(data);
      var told = settings.toldPort() == 0 ? port : settings.toldPort();
      var properties = BrokerProperties.of(data, port, told, controllerPort, settings.fsync());
      properties.putAll(more);
      var server = server(properties);
      return new EmbeddedKafka(directory, server, port);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /// For `bootstrap.servers`.
  public String bootstrap() {
    return Loopback.HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    stop(server);
    directory.close();
  }

  private static KafkaRaftServer server(java.util.Properties properties) {
    var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      stop(server);
      throw e;
    }
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  /// What `kafka-storage format` does; done once in the life of a directory.
  private static void format(Path data) {
    if (Files.exists(data.resolve("meta.properties"))) return;
    try {
      Files.createDirectories(data);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(BrokerProperties.NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER)
          .setMetadataLogDirectory(data.toString())
          .addDirectory(data.toString())
          .setIgnoreFormatted(true)
          .run();
    } catch (IOException e) {
      throw new CannotStartException(
          "Kafka: " + data + " cannot be written to (" + e.getMessage() + ")", e);
    } catch (Exception e) { // declared as broadly by the formatter
      throw new IllegalStateException("Kafka: cannot format " + data, e);
    }
  }
}
