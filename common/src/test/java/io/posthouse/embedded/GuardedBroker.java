package io.posthouse.embedded;

import java.nio.file.Path;
import java.util.Map;

/// A real broker that lets in only who knows a password (SASL PLAIN).
public final class GuardedBroker implements AutoCloseable {
  public static final String USER = "olga";
  public static final String PASSWORD = "a-long-way";

  private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  private final EmbeddedKafka kafka;
  private final Path folder;

  private GuardedBroker(EmbeddedKafka kafka, Path folder) {
    this.kafka = kafka;
    this.folder = folder;
  }

  public static GuardedBroker start() {
    var folder = TestBroker.temporary();
    // The broker is a client of its own, too.
    var users =
        login("broker", "its-own")
            .replace(";", " user_broker=\"its-own\" user_%s=\"%s\";")
            .formatted(USER, PASSWORD);
    return new GuardedBroker(
        EmbeddedKafka.start(
            EmbeddedKafka.Settings.in(folder).withFsync(false),
            Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                users)),
        folder);
  }

  /// For `bootstrap.servers`.
  public String bootstrap() {
    return kafka.bootstrap();
  }

  /// What a client says to come in, as `sasl.jaas.config`.
  public static String login(String user, String password) {
    return "%s required username=\"%s\" password=\"%s\";".formatted(LOGIN, user, password);
  }

  @Override
  public void close() {
    kafka.close();
    TestBroker.delete(folder);
  }
}
