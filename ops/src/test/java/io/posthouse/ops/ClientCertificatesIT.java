package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TlsBroker;
import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestIdentity;
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

/// Commands at a cluster that wants to see certificates.
class ClientCertificatesIT {
  private static final TlsBroker BROKER = TlsBroker.start();
  private static final TestIdentity OLGA = BROKER.client("olga");
  private static final TestAuthority STRANGERS = TestAuthority.named("somebody else");

  @TempDir private Path folder;

  @BeforeAll
  static void create(@TempDir Path folder) throws IOException {
    var created = run("topics create", settings(folder, OLGA, BROKER.authority()));
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
        "queue hold --domain example.net --dry-run",
        "queue replay --topic local --from 1h --dry-run",
        "dead list",
        "node list"
      })
  void who_has_one_of_the_cluster_is_answered(String command) throws IOException {
    var ended = run(command, settings(folder, OLGA, BROKER.authority()));
    assertEquals(0, ended.exitCode(), ended.errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics check", "queue list", "queue acts", "dead list", "node list"})
  void who_has_one_of_somebody_else_is_not_let_in(String command) throws IOException {
    var stranger = STRANGERS.issueFor("2.5.29.37.0", "olga");
    assertRefused(run(command, settings(folder, stranger, BROKER.authority())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics check", "queue list", "queue acts", "dead list", "node list"})
  void nobody_shows_his_to_a_broker_that_he_does_not_trust(String command) throws IOException {
    var theirs = STRANGERS.write(folder.resolve("strangers.pem"));
    assertRefused(run(command, settings(folder, OLGA, theirs)));
  }

  @Test
  void who_has_none_is_not_let_in() throws IOException {
    var file = folder.resolve("posthouse.yaml");
    Files.writeString(file, trusting(BROKER.authority()));
    assertRefused(run("queue list", options(file)));
  }

  private static void assertRefused(Ended ended) {
    assertEquals(4, ended.exitCode(), ended.errors());
    assertEquals("", ended.text());
    var start = "posthouse: Kafka at " + BROKER.bootstrap() + " fails at TLS: ";
    assertTrue(ended.sentence().startsWith(start), ended.sentence());
  }

  /// A file with them, as the cluster's nodes have it.
  private static String[] settings(Path folder, TestIdentity client, Path trusted)
      throws IOException {
    var file = folder.resolve("posthouse.yaml");
    Files.writeString(
        file,
        trusting(trusted)
            + """
                ssl.keystore.type: PEM
                ssl.keystore.key: ${file:%s}
                ssl.keystore.certificate.chain: ${file:%s}
            """
                .formatted(
                    client.writeKey(folder.resolve("key.pem")),
                    client.writeChain(folder.resolve("chain.pem"))));
    return options(file);
  }

  private static String trusting(Path authority) {
    return """
    version: 1
    kafka:
      bootstrap: ["%s"]
      partitions: 2
      other_partitions: 1
      replication: 1
      client:
        security.protocol: SSL
        ssl.truststore.type: PEM
        ssl.truststore.certificates: ${file:%s}
    """
        .formatted(BROKER.bootstrap(), authority);
  }

  private static String[] options(Path file) {
    return new String[] {"--config", file.toString()};
  }

  private static Ended run(String command, String[] options) {
    return CommandRun.of(
        Stream.concat(Stream.of(command.split(" ")), Stream.of(options)).toArray(String[]::new));
  }
}
