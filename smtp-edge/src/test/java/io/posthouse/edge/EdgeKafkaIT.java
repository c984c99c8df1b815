package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaContentStore;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Envelope;
import io.posthouse.queue.Topics;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The edge on a real broker.
class EdgeKafkaIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MAIL =
      """
      C: MAIL FROM:<alice@example.org>
      S: 250
      C: RCPT TO:<bob@example.net>
      S: 250
      C: DATA
      S: 354
      """;

  @TempDir Path folder;

  private static KafkaMailQueue queue(KafkaCluster cluster, Sending sending) {
    var queue = TestTopics.queue(cluster, sending, "edge-1");
    queue.start();
    return queue;
  }

  @Test
  void what_was_accepted_is_in_kafka_short_or_long() throws Exception {
    var cluster = TestTopics.create(EdgeKafkaIT.class);
    var queue = queue(cluster, Sending.DEFAULT);
    try (var edge = new TestEdge().on(queue).start();
        var client = edge.client("mx")) {
      client.play("S: 220\nC: EHLO x\nS: 250").play(MAIL).play("C: short\nC: .\nS: 250 2.0.0");
      client.play(MAIL).send(SmtpClient.lines(2_000_000) + ".\r\n").expect("250 2.0.0");
      await().until(() -> accepted(edge).count() == 2);
      var messages = accepted(edge).toList();
      assertEquals("short\r\n", content(cluster, messages.getFirst()));
      assertEquals(SmtpClient.lines(2_000_000), content(cluster, messages.getLast()));
    } finally {
      queue.close();
    }
  }

  @Test
  void what_comes_in_chunks_is_in_kafka_octet_by_octet() throws Exception {
    var cluster = TestTopics.create(EdgeKafkaIT.class);
    var queue = queue(cluster, Sending.DEFAULT);
    var odd = "Subject: x\r\n\r\n.\r\n..\r\nRSET\r\n" + allOctets() + "\r\n.\r\n" + allOctets();
    var lengthy = odd.repeat(4000);
    try (var edge = new TestEdge().on(queue).start();
        var client = edge.client("mx")) {
      client.play("S: 220\nC: EHLO x\nS: 250");
      // All in one go, as CHUNKING with PIPELINING allows (RFC 3030 §4.3).
      client.send(BINARY_MAIL + chunk(odd.substring(0, 20), "") + chunk(odd.substring(20), ""));
      client.send("BDAT 0 LAST\r\n").expect("250").expect("250");
      client.expect("250 2.0.0 Chunk").expect("250 2.0.0 Chunk").expect("250 2.0.0 Ok: queued");
      client.send(BINARY_MAIL).expect("250").expect("250");
      client.send(chunk(lengthy.substring(0, 500_001), "")).expect("250 2.0.0 Chunk");
      client.send(chunk(lengthy.substring(500_001), " LAST")).expect("250 2.0.0 Ok: queued");
      await().until(() -> accepted(edge).count() == 2);
      var messages = accepted(edge).toList();
      assertEquals(odd, content(cluster, messages.getFirst()));
      assertEquals(lengthy, content(cluster, messages.getLast()));
    } finally {
      queue.close();
    }
  }

  private static final String BINARY_MAIL =
      "MAIL FROM:<alice@example.org> BODY=BINARYMIME\r\nRCPT TO:<bob@example.net>\r\n";

  private static String chunk(String octets, String last) {
    return "BDAT " + octets.length() + last + "\r\n" + octets;
  }

  private static String allOctets() {
    return IntStream.range(0, 256).mapToObj(Character::toString).collect(Collectors.joining());
  }

  private static Stream<Envelope> accepted(TestEdge edge) {
    return edge.events.stream()
        .filter(MailEvent.Accepted.class::isInstance)
        .map(event -> ((MailEvent.Accepted) event).envelope());
  }

  private static String content(KafkaCluster cluster, Envelope envelope) throws Exception {
    try (var contents = new KafkaContentStore(cluster, 1, PATIENCE);
        var in = contents.open(envelope.queueId(), envelope.content())) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void while_the_broker_is_away_clients_are_told_451_and_nobody_has_to_do_anything()
      throws Exception {
    var broker = start(0);
    var cluster = new KafkaCluster(broker.bootstrap(), new Topics("outage."));
    TestTopics.create(cluster);
    var queue = queue(cluster, Sending.DEFAULT.withPatience(Duration.ofSeconds(8)));
    try (var edge = new TestEdge().on(queue).start();
        var client = edge.client("mx")) {
      client.play("S: 220\nC: EHLO x\nS: 250").play(MAIL).play("C: .\nS: 250 2.0.0");
      broker.close();
      client.play(MAIL).play("C: .\nS: 451 4.3.0");
      client.play(MAIL).send(SmtpClient.lines(2_000_000) + ".\r\n").expect("451 4.3.0");
      try (var _ = start(broker.port())) {
        await().atMost(Duration.ofMinutes(1)).until(() -> queue.trouble().isEmpty());
        client.play(MAIL).play("C: .\nS: 250 2.0.0\nC: QUIT\nS: 221");
        queue.close();
      }
      assertTrue(edge.events.stream().noneMatch(MailEvent.Bug.class::isInstance));
    }
  }

  private EmbeddedKafka start(int port) {
    return EmbeddedKafka.start(EmbeddedKafka.Settings.in(folder).withPort(port).withFsync(false));
  }
}
