package io.posthouse.ops.cli;

import io.posthouse.config.ConfigException;
import io.posthouse.config.KafkaSettings;
import io.posthouse.config.Loaded;
import io.posthouse.config.MongoSettings;
import io.posthouse.config.Settings;
import io.posthouse.config.SettingsFile;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.mongo.Mongo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command finds its cluster: a settings file, or where Kafka and MongoDB are. With neither,
/// the cluster that `up` runs on this machine.
public final class ClusterOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "Settings of the cluster.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one setting; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "A Kafka broker of the cluster.")
  private @Nullable String bootstrap;

  @Option(
      names = "--mongodb",
      paramLabel = "URI",
      description = "The cluster's MongoDB: mongodb://HOST:PORT/DATABASE.")
  private @Nullable String mongodb;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of an `up`, which holds its settings.")
  private @Nullable Path data;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "The offset an `up` on this machine was started with.")
  private int portOffset;

  /// The part of the settings that `reader` reads.
  ///
  /// @throws ConfigException if they cannot be used
  public <T> T read(Function<Settings, T> reader) throws ConfigException {
    return load(reader).settings();
  }

  /// The same, with where each setting was written.
  ///
  /// @throws ConfigException if they cannot be used
  public <T> Loaded<T> load(Function<Settings, T> reader) throws ConfigException {
    return load(reader, List.of());
  }

  /// The same, with settings a command needs whatever the operator says, as `KEY=VALUE`.
  ///
  /// @throws ConfigException if they cannot be used
  public <T> Loaded<T> load(Function<Settings, T> reader, List<String> musts)
      throws ConfigException {
    return file().with(musts).read(reader);
  }

  /// The cluster's database; whether it answers shows when it is asked.
  public Mongo mongo() throws ConfigException {
    var settings = read(in -> MongoSettings.read(section(in, "mongodb")));
    return Mongo.connect(settings.uri().text(), settings.database());
  }

  /// The cluster's Kafka; whether it answers shows when it is asked.
  public KafkaCluster kafka() throws ConfigException {
    return KafkaCluster.of(
        read(in -> {
          var kafka = section(in, "kafka");
          kafka.leaveUnread("sending");
          return KafkaSettings.read(kafka);
        }));
  }

  /// One section, where the others are none of the command's business.
  private static Settings section(Settings in, String name) {
    in.leaveUnread(
        "node",
        "kafka",
        "mongodb",
        "dns",
        "tls",
        "dkim",
        "srs",
        "edge",
        "delivery",
        "storage",
        "telemetry");
    return in.section(name);
  }

  private SettingsFile file() throws ConfigException {
    var file = settingsFile();
    var base =
        file.isPresent() ? SettingsFile.load(file.get()) : SettingsFile.defaults().with(local());
    return base.with(overrides).with(named());
  }

  private Optional<Path> settingsFile() {
    if (config != null) return Optional.of(config);
    return Optional.ofNullable(data).map(folder -> folder.resolve("posthouse.yaml"));
  }

  private List<String> local() {
    return List.of(
        "kafka.bootstrap=127.0.0.1:" + (LocalPorts.KAFKA + portOffset),
        "mongodb.uri=mongodb://127.0.0.1:" + (LocalPorts.MONGODB + portOffset) + "/posthouse");
  }

  private List<String> named() {
    var named = new ArrayList<String>();
    if (bootstrap != null) named.add("kafka.bootstrap=" + bootstrap);
    if (mongodb != null) named.add("mongodb.uri=" + mongodb);
    return named;
  }
}
