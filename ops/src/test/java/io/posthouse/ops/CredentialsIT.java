package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.GuardedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands at a cluster that wants to know who asks: its credentials are theirs.
class CredentialsIT {
  private static final GuardedBroker BROKER = GuardedBroker.start();

  @TempDir private Path folder;

  @BeforeAll
  static void create(@TempDir Path folder) throws IOException {
    var created = run("topics create", settings(folder, GuardedBroker.PASSWORD));
    assertEquals(0, created.exitCode(), created.errors());
  }

  @AfterAll
  static void close() {
    BROKER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics check",
        "queue summary",
        "queue list",
        "queue acts",
        "queue hold --domain example.net --dry-run",
        "queue replay --topic local --from 1h --dry-run",
        "dead list",
        "node list"
      })
  void who_has_the_credentials_is_answered(String command) throws IOException {
    var ended = run(command, settings(folder, GuardedBroker.PASSWORD));
    assertEquals(0, ended.exitCode(), ended.errors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics check",
        "queue summary",
        "queue list",
        "queue acts",
        "queue hold --domain example.net --yes",
        "queue replay --topic local --from 1h --yes",
        "dead list",
        "dead replay --all",
        "trace 09ymq0x4cg0000g",
        "node list"
      })
  void who_has_others_is_told_so_and_no_password_is_shown(String command) throws IOException {
    var ended = run(command, settings(folder, "guessed"));
    assertEquals(4, ended.exitCode(), ended.errors());
    assertEquals("", ended.text());
    assertFalse(ended.errors().contains("guessed"), ended.errors());
    var sentence = ended.sentence();
    assertTrue(sentence.startsWith("posthouse: Kafka at " + BROKER.bootstrap()), sentence);
    assertTrue(sentence.endsWith("Authentication failed: Invalid username or password"), sentence);
  }

  @Test
  void who_has_none_gets_no_answer() {
    var ended = run("queue list", new String[] {"--bootstrap", BROKER.bootstrap()});
    assertEquals(4, ended.exitCode(), ended.errors());
    assertEquals("", ended.text());
    var start = "posthouse: Kafka at " + BROKER.bootstrap() + " does not answer: ";
    assertTrue(ended.sentence().startsWith(start), ended.errors());
  }

  /// A file with them, as the cluster's nodes have it.
  private static String[] settings(Path folder, String password) throws IOException {
    var secret = folder.resolve("secret");
    Files.writeString(secret, GuardedBroker.login(GuardedBroker.USER, password));
    var file = folder.resolve("posthouse.yaml");
    Files.writeString(
        file,
        """
        version: 1
        kafka:
          bootstrap: ["%s"]
          partitions: 2
          other_partitions: 1
          replication: 1
          client:
            security.protocol: SASL_PLAINTEXT
            sasl.mechanism: PLAIN
            sasl.jaas.config: ${file:%s}
        """
            .formatted(BROKER.bootstrap(), secret));
    return new String[] {"--config", file.toString()};
  }

  private static Ended run(String command, String[] options) {
    return CommandRun.of(
        Stream.concat(Stream.of(command.split(" ")), Stream.of(options)).toArray(String[]::new));
  }
}
