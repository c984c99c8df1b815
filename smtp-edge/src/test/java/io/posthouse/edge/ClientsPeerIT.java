package io.posthouse.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaContentStore;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Envelope;
import io.posthouse.peers.NpmPackage;
import io.posthouse.peers.Peer;
import io.posthouse.peers.Peer.Ended;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What users and programs send mail with, through an edge on a real broker.
class ClientsPeerIT {
  private static final String NODEMAILER = "nodemailer@10.6.0";
  private static final String MESSAGE =
      """
      From: bob@example.net
      To: carol@example.net
      Subject: by hand

      A line
      .
      ..and dots
      """
          .replace("\n", "\r\n");

  @TempDir static Path folder;
  private static KafkaCluster cluster;
  private static KafkaMailQueue queue;
  private static TlsSettings identity;

  private TestEdge edge;

  @BeforeAll
  static void startQueue() throws Exception {
    cluster = TestTopics.create(ClientsPeerIT.class);
    queue = TestTopics.queue(cluster, Sending.DEFAULT, "edge-1");
    queue.start();
    identity = TestIdentity.in(folder);
    Files.writeString(folder.resolve("message.eml"), MESSAGE);
  }

  @AfterAll
  static void closeQueue() {
    queue.close();
  }

  @BeforeEach
  void startEdge() {
    edge = new TestEdge(Door.listeners()).on(queue);
    edge.directory.addUser("jürgen@example.net");
    edge.start(identity);
  }

  @AfterEach
  void closeEdge() {
    edge.close();
    assertTrue(edge.events.stream().noneMatch(MailEvent.Bug.class::isInstance));
  }

  @ParameterizedTest
  @CsvSource({"smtp, submission, PLAIN", "smtp, submission, LOGIN", "smtps, submissions, PLAIN"})
  void curl_uploads_a_message(String scheme, String door, String mechanism) throws Exception {
    var ended =
        Peer.named("curl")
            .run(
                "--silent",
                "--show-error",
                "--insecure",
                "--ssl-reqd",
                "--url",
                "%s://127.0.0.1:%d/client.example.org".formatted(scheme, port(door)),
                "--user",
                "bob:secret",
                "--login-options",
                "AUTH=" + mechanism,
                "--mail-from",
                "bob@example.net",
                "--mail-rcpt",
                "carol@example.net",
                "--upload-file",
                folder.resolve("message.eml").toString());
    assertSent(1, ended);
    assertEquals(
        MESSAGE,
        content(accepted().getFirst()).replaceFirst("(?s)^(Date|Message-I).*?(?=From)", ""));
  }

  @ParameterizedTest
  @CsvSource({"--tls, submission", "--tls-on-connect, submissions"})
  void swaks_logs_in(String tls, String door) {
    for (var mechanism : List.of("PLAIN", "LOGIN")) {
      var ended =
          Peer.named("swaks")
              .run(
                  "--server",
                  "127.0.0.1:" + port(door),
                  tls,
                  "--auth",
                  mechanism,
                  "--auth-user",
                  "bob",
                  "--auth-password",
                  "secret",
                  "--from",
                  "bob@example.net",
                  "--to",
                  "dave@example.org");
      assertEquals(0, ended.exitCode(), ended.said());
    }
    await().until(() -> accepted().size() == 2);
  }

  @Test
  void swaks_is_told_that_a_password_is_wrong() {
    var ended =
        Peer.named("swaks")
            .run(
                "--server",
                "127.0.0.1:" + port("submission"),
                "--tls",
                "--auth",
                "PLAIN",
                "--auth-user",
                "bob",
                "--auth-password",
                "wrong",
                "--to",
                "dave@example.org");
    // swaks(1), EXIT CODES: error during authentication.
    assertEquals(28, ended.exitCode(), ended.said());
    assertTrue(ended.said().contains("535 5.7.8"), ended.said());
  }

  @ParameterizedTest
  @CsvSource({
    "submission, on, plain",
    "submission, on, login",
    "submission, on, scram-sha-256",
    "submissions, off, plain"
  })
  void msmtp_sends_a_message(String door, String starttls, String mechanism) {
    var ended =
        Peer.named("msmtp")
            .run(
                folder.resolve("message.eml"),
                "--host=127.0.0.1",
                "--port=" + port(door),
                "--tls=on",
                "--tls-starttls=" + starttls,
                "--tls-certcheck=off",
                "--auth=" + mechanism,
                "--user=bob",
                "--passwordeval=echo secret",
                "--from=bob@example.net",
                "carol@example.net");
    assertSent(1, ended);
  }

  @Test
  void python_sends_with_each_login_it_knows_and_to_a_name_beyond_ascii() {
    var ended =
        Peer.named("python3")
            .run(
                script("send_with_smtplib.py").toString(),
                port("submission") + "",
                port("submissions") + "");
    assertSent(4, ended);
  }

  @Test
  void nodemailer_sends_with_each_login_it_knows_and_from_a_pool() {
    var ended =
        NpmPackage.run(
            NODEMAILER,
            script("send_with_nodemailer.cjs"),
            port("submission") + "",
            port("submissions") + "");
    assertSent(24, ended);
  }

  private void assertSent(int messages, Ended ended) {
    assertEquals(0, ended.exitCode(), ended.said());
    await().until(() -> accepted().size() == messages);
  }

  private List<Envelope> accepted() {
    return edge.events.stream()
        .filter(MailEvent.Accepted.class::isInstance)
        .map(event -> ((MailEvent.Accepted) event).envelope())
        .toList();
  }

  private static String content(Envelope envelope) throws IOException {
    try (var contents = new KafkaContentStore(cluster, 1, Duration.ofSeconds(30));
        var in = contents.open(envelope.queueId(), envelope.content())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private int port(String kind) {
    return edge.port(kind + "-ipv4");
  }

  private static Path script(String name) {
    return Path.of("src", "test", "resources", "clients", name);
  }
}
