package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A whole edge on real sockets; only the queue and the directory are in memory.
class SmtpServerIT {
  private static final String TO_BOB =
      """
      S: 220 mx.example.net ESMTP
      C: EHLO client.example.org
      S: 250
      C: MAIL FROM:<alice@example.org>
      S: 250 2.1.0
      C: RCPT TO:<bob@example.net>
      S: 250 2.1.5
      C: DATA
      S: 354
      """;

  private TestEdge edge = new TestEdge();

  @AfterEach
  void close() {
    edge.close();
  }

  private TestEdge start(String... overrides) {
    edge = new TestEdge(overrides).start();
    return edge;
  }

  @Test
  void a_message_is_in_the_queue_before_its_250_and_as_it_was_sent() {
    start();
    try (var client = edge.client("mx")) {
      client.play(TO_BOB);
      edge.queue.hold();
      client.send("Message-ID: <1@example.org>\r\n\r\n..dot\r\n\0\u00ff\r\n.\r\n");
      await().until(() -> edge.queue.held() == 1);
      edge.queue.release();
      client.expect("250 2.0.0 Ok: queued as " + edge.queued().getFirst().queueId());
    }
    var envelope = edge.queued().getFirst();
    assertEquals("Message-ID: <1@example.org>\r\n\r\n.dot\r\n\0\u00ff\r\n", edge.content(envelope));
    assertEquals(new Destination.Local(edge.bob), envelope.recipients().getFirst().destination());
    assertEquals("<alice@example.org>", envelope.reversePath().toString());
    assertInstanceOf(Destination.Remote.class, envelope.returnTo().orElseThrow());
    assertEquals("mx", envelope.client().listener());
    var accepted = await().until(this::accepted, Optional::isPresent).orElseThrow();
    assertEquals(Optional.of("<1@example.org>"), accepted.messageId());
  }

  private Optional<MailEvent.Accepted> accepted() {
    return edge.events.stream()
        .filter(MailEvent.Accepted.class::isInstance)
        .map(MailEvent.Accepted.class::cast)
        .findFirst();
  }

  @Test
  void a_trace_line_says_where_a_message_came_from() {
    start();
    try (var client = edge.client("mx")) {
      client.play(TO_BOB).play("C: .\nS: 250");
    }
    var envelope = edge.queued().getFirst();
    var trace = new String(envelope.trace().toArray(), StandardCharsets.US_ASCII);
    assertTrue(
        trace.matches(
            "Received: from client\\.example\\.org \\(\\[127\\.0\\.0\\.1\\]\\)\r\n"
                + "\tby mx\\.example\\.net \\(Posthouse\\) with ESMTP id "
                + envelope.queueId()
                + "\r\n\tfor <bob@example\\.net>;\r\n\t\\w{3}, \\d+ \\w{3} \\d{4} [\\d:]{8} \\+0000\r\n"),
        trace);
  }

  @Test
  void long_content_goes_to_the_queue_in_chunks_while_it_arrives() {
    start();
    var content = SmtpClient.lines(3_000_000);
    try (var client = edge.client("mx")) {
      client.play(TO_BOB).send(content + ".\r\n").expect("250 2.0.0");
    }
    var envelope = edge.queued().getFirst();
    var chunked = assertInstanceOf(Content.Chunked.class, envelope.content());
    assertEquals(content.length(), chunked.size());
    assertTrue(chunked.offsets().size() >= 4, "chunks: " + chunked.offsets());
    assertEquals(content, edge.content(envelope));
  }

  @Test
  void a_slow_queue_holds_back_the_client_and_not_the_memory() {
    start("limits.message_size=100MiB");
    edge.queue.hold();
    try (var client = edge.client("mx")) {
      client.play(TO_BOB);
      var sent = CompletableFuture.runAsync(() -> client.send(SmtpClient.lines(50_000_000)));
      await().until(() -> edge.queue.held() == 2);
      // Two chunks are on their way; what follows stays with the client, whatever time we give it.
      await()
          .during(Duration.ofMillis(300))
          .until(() -> !sent.isDone() && edge.queue.held() == 2 && heldBytes() < 8_000_000);
      edge.queue.release();
      sent.join();
      client.send(".\r\n").expect("250 2.0.0");
    }
    assertEquals(0, heldBytes());
  }

  private double heldBytes() {
    return edge.metrics.registry().getSampleValue("edge_content_held_bytes");
  }

  @Test
  void a_client_that_goes_away_leaves_nothing_behind() {
    start();
    try (var client = edge.client("mx")) {
      client.play(TO_BOB).send(SmtpClient.lines(300_000));
    }
    await().until(() -> heldBytes() == 0 && openSessions() == 0);
    assertTrue(edge.queued().isEmpty());
  }

  private double openSessions() {
    return edge.metrics
        .registry()
        .getSampleValue("edge_sessions_open", new String[] {"listener"}, new String[] {"mx"});
  }

  @Test
  void a_queue_that_is_down_means_451_and_recovers() {
    start();
    edge.queue.refuseAll("down");
    try (var client = edge.client("mx")) {
      client.play(TO_BOB).play("C: .\nS: 451 4.3.0");
      edge.queue.accept();
      client.play(
          """
          C: MAIL FROM:<alice@example.org>
          S: 250
          C: RCPT TO:<bob@example.net>
          S: 250
          C: DATA
          S: 354
          C: .
          S: 250
          """);
    }
  }

  @Test
  void a_chunk_that_is_lost_loses_the_message_and_the_client_knows() {
    start();
    edge.queue.refuseNext(1, "one chunk lost");
    try (var client = edge.client("mx")) {
      client.play(TO_BOB).send(SmtpClient.lines(2_000_000) + ".\r\n").expect("451 4.3.0");
    }
    assertTrue(edge.queued().isEmpty());
    assertEquals(0, heldBytes());
  }

  @Test
  void a_directory_that_is_down_means_451() {
    start();
    edge.directory.breakDown("down");
    try (var client = edge.client("mx")) {
      client.play(
          """
          S: 220
          C: EHLO client.example.org
          S: 250
          C: MAIL FROM:<alice@example.org>
          S: 451 4.3.0
          C: MAIL FROM:<>
          S: 250
          C: RCPT TO:<bob@example.net>
          S: 451 4.3.0
          """);
    }
  }

  @Test
  void a_directory_that_overflows_the_stack_means_451_too() {
    edge =
        new TestEdge()
            .resolving(_ -> {
              throw new StackOverflowError();
            })
            .start();
    try (var client = edge.client("mx")) {
      client.play(
          """
          S: 220
          C: EHLO client.example.org
          S: 250
          C: MAIL FROM:<>
          S: 250
          C: RCPT TO:<bob@example.net>
          S: 451 4.3.0
          """);
    }
  }

  @Test
  void a_message_for_several_destinations_is_one_record() {
    start("relay_networks=127.0.0.0/8");
    try (var client = edge.client("mx")) {
      client.play(
          """
          S: 220
          C: EHLO client.example.org
          S: 250
          C: MAIL FROM:<bob@example.net>
          S: 250
          C: RCPT TO:<carol@example.net>
          S: 250
          C: RCPT TO:<dave@example.org>
          S: 250
          C: RCPT TO:<erin@example.org>
          S: 250
          C: DATA
          S: 354
          C: .
          S: 250
          """);
    }
    var envelope = edge.queue.envelopes(edge.queue.topics().split()).getFirst();
    assertEquals(3, envelope.recipients().size());
    assertEquals(Optional.of(new Destination.Local(edge.bob)), envelope.returnTo());
    assertFalse(
        new String(envelope.trace().toArray(), StandardCharsets.US_ASCII).contains("for <"));
  }

  @Test
  void lmtp_answers_for_each_recipient() {
    start();
    try (var client = edge.client("lmtp")) {
      client.play(
          """
          S: 220 mx.example.net LMTP
          C: LHLO client.example.org
          S: 250
          C: MAIL FROM:<>
          S: 250
          C: RCPT TO:<bob@example.net>
          S: 250
          C: RCPT TO:<carol@example.net>
          S: 250
          C: DATA
          S: 354
          C: .
          S: 250 2.0.0
          S: 250 2.0.0
          C: QUIT
          S: 221
          S: (closes)
          """);
    }
  }

  @Test
  void a_message_that_loops_is_refused() {
    start();
    try (var client = edge.client("mx")) {
      client.play(TO_BOB).send("Received: from a\r\n".repeat(51) + "\r\n.\r\n").expect("554 5.4.6");
    }
  }

  @Test
  void nobody_is_waited_for_for_ever() {
    start("timeouts.idle=1s");
    try (var client = edge.client("mx")) {
      client.play("S: 220\nS: 421 4.4.2\nS: (closes)");
    }
    try (var client = edge.client("mx")) {
      client.play(TO_BOB).play("C: half a line\nS: 421 4.4.2\nS: (closes)");
    }
  }

  @Test
  void a_client_that_has_said_all_it_has_to_say_still_gets_its_answers() {
    start();
    edge.queue.hold();
    try (var client = edge.client("mx")) {
      client
          .send("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n.\r\nNOOP\r\n")
          .endOutput();
      client.play("S: 220\nS: 250\nS: 250\nS: 250\nS: 354");
      await().until(() -> edge.queue.held() == 1);
      edge.queue.release();
      client.play("S: 250 2.0.0 Ok: queued as\nS: 250 2.0.0 Ok\nS: (closes)");
    }
    await().until(() -> openSessions() == 0);
  }

  @Test
  void nobody_lingers_after_a_quit() {
    start();
    for (int i = 0; i < 20; i++) {
      try (var client = edge.client("mx")) {
        client.play("S: 220\nC: QUIT\nS: 221\nS: (closes)");
      }
    }
    // A session that lingers would outlast our patience.
    await().until(() -> openSessions() == 0);
  }

  @Test
  void too_many_clients_are_told_so() {
    start("limits.connections=3", "limits.connections_per_address=2", "limits.exempt=[]");
    try (var first = edge.client("mx");
        var second = edge.client("mx")) {
      first.expect("220");
      second.expect("220");
      try (var third = edge.client("mx")) {
        third.play("S: 421 4.7.0\nS: (closes)");
      }
      first.play("C: QUIT\nS: 221\nS: (closes)");
    }
    await().until(() -> openSessions() == 0);
    try (var again = edge.client("mx")) {
      again.expect("220");
    }
  }

  @Test
  void a_drain_finishes_messages_and_takes_no_more() throws Exception {
    start();
    try (var idle = edge.client("mx");
        var busy = edge.client("mx")) {
      idle.expect("220");
      busy.play(TO_BOB);
      var drained = CompletableFuture.runAsync(() -> edge.drain(Duration.ofSeconds(20)));
      idle.play("S: 421 4.3.2\nS: (closes)");
      assertFalse(drained.isDone());
      busy.play("C: .\nS: 250 2.0.0 Ok: queued as\nS: 421 4.3.2\nS: (closes)");
      drained.get();
    }
    assertEquals(1, edge.queued().size());
  }

  @Test
  void every_refusal_is_an_event_that_names_its_check() {
    start();
    try (var client = edge.client("mx")) {
      client.play(
          """
          S: 220
          C: EHLO client.example.org
          S: 250
          C: MAIL FROM:<alice@example.org>
          S: 250
          C: RCPT TO:<dave@example.org>
          S: 550 5.7.1
          """);
    }
    var refused =
        edge.events.stream()
            .filter(MailEvent.Refused.class::isInstance)
            .map(MailEvent.Refused.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals("relay", refused.check());
    assertEquals("dave@example.org", refused.to().orElseThrow().toString());
    assertEquals("<alice@example.org>", refused.from().orElseThrow().toString());
    assertEquals("client.example.org", refused.peer().helo());
  }
}
