package io.posthouse.kafka;

import io.posthouse.config.KafkaSettings;
import io.posthouse.queue.Topics;
import java.util.HashMap;
import java.util.Map;

/// How we reach the cluster that holds the queue, and what our topics are called there.
public final class KafkaCluster {
  private final Topics topics;
  private final Map<String, String> connection;

  /// @param bootstrap brokers to begin with, `host:port` joined by commas
  /// @param client properties for every client as they are: security above all
  public KafkaCluster(String bootstrap, Topics topics, Map<String, String> client) {
    this.topics = topics;
    var all = new HashMap<>(NO_NOISE);
    all.putAll(client);
    all.put("bootstrap.servers", bootstrap);
    this.connection = Map.copyOf(all);
  }

  /// A cluster without security, such as the embedded one.
  public KafkaCluster(String bootstrap, Topics topics) {
    this(bootstrap, topics, Map.of());
  }

  /// The cluster of the settings.
  public static KafkaCluster of(KafkaSettings settings) {
    var client = new HashMap<String, String>();
    settings.client().forEach((key, value) -> client.put(key, value.text()));
    return new KafkaCluster(
        settings.bootstrapServers(), new Topics(settings.topicPrefix()), client);
  }

  public Topics topics() {
    return topics;
  }

  /// Properties for a client: `defaults`, which the operator's own properties replace, and `musts`,
  /// on which our promises rest, so that nothing replaces them.
  Map<String, Object> client(Map<String, String> defaults, Map<String, String> musts) {
    var all = new HashMap<String, Object>(defaults);
    all.putAll(connection);
    all.putAll(musts);
    return all;
  }

  /// Shows no property: there are passwords among them.
  @Override
  public String toString() {
    return "Kafka at " + connection.get("bootstrap.servers");
  }

  // A client of a cluster that is down tries again for ever; several times a second is too often.
  private static final Map<String, String> NO_NOISE =
      Map.of(
          "reconnect.backoff.ms", "250",
          "reconnect.backoff.max.ms", "1000",
          "metric.reporters", "",
          "enable.metrics.push", "false");
}
