package io.posthouse.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The Kafka cluster that is the queue.
///
/// @param bootstrap brokers to begin with; they name the others
/// @param topicPrefix begins the name of every topic
/// @param partitions of `remote` and `local`
/// @param otherPartitions of every other topic
/// @param replication copies of every record; 3 in production
/// @param client properties of every Kafka client as they are, for security above all
public record KafkaSettings(
    List<HostPort> bootstrap,
    String topicPrefix,
    int partitions,
    int otherPartitions,
    int replication,
    Map<String, Secret> client) {

  public KafkaSettings {
    bootstrap = List.copyOf(bootstrap);
    client = Map.copyOf(client);
    if (bootstrap.isEmpty())
      throw new IllegalArgumentException("bootstrap: empty (expected: at least one broker)");
  }

  public static KafkaSettings read(Settings in) {
    return new KafkaSettings(
        brokers(in),
        in.about("begins the name of every topic")
            .value(
                "topic_prefix",
                Form.matching("[a-zA-Z0-9._-]{0,100}", "letters, digits, . _ -"),
                "posthouse."),
        in.about("partitions of remote and local").integer("partitions", 1, 10_000, 48),
        in.about("partitions of every other topic").integer("other_partitions", 1, 10_000, 12),
        in.about("copies of every record; at most the number of brokers")
            .integer("replication", 1, 10, 3),
        in.about("properties of every Kafka client, such as security.protocol: SASL_SSL")
            .values("client", Form.secret()));
  }

  private static List<HostPort> brokers(Settings in) {
    var local = List.of(new HostPort("localhost", 9092));
    var brokers =
        in.about("brokers to begin with; they name the others").hostPorts("bootstrap", 9092, local);
    if (!brokers.isEmpty()) return brokers;
    in.problem("bootstrap", "empty (expected: at least one broker)");
    return local;
  }

  /// The properties as Kafka wants them; some are passwords.
  public Map<String, String> clientProperties() {
    return client.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().text()));
  }

  /// The brokers as Kafka's own `bootstrap.servers` wants them.
  public String bootstrapServers() {
    return String.join(",", bootstrap.stream().map(HostPort::toString).toList());
  }
}
