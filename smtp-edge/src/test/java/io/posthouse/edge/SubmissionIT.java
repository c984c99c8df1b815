package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our own users, over TLS.
class SubmissionIT {
  private static final String LISTENERS =
      "listeners=[{name: mx, port: 0, address: 127.0.0.1},"
          + "{name: submission, kind: submission, port: 0, address: 127.0.0.1},"
          + "{name: submissions, kind: submissions, port: 0, address: 127.0.0.1}]";
  private static final String LOG_IN_AND_SEND =
      """
      C: EHLO client.example.org
      S: 250
      C: AUTH PLAIN AGJvYgBzZWNyZXQ=
      S: 235 2.7.0
      C: MAIL FROM:<bob@example.net>
      S: 250
      C: RCPT TO:<dave@example.org>
      S: 250
      C: DATA
      S: 354
      C: Subject: Hello
      C: .
      S: 250 2.0.0
      C: QUIT
      S: 221
      S: (closes)
      """;

  private final TestEdge edge = new TestEdge(LISTENERS);

  @TempDir static Path folder;
  private static TlsSettings identity = new TlsSettings(Optional.empty());

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = TestIdentity.in(folder);
  }

  @BeforeEach
  void start() {
    edge.start(identity);
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @Test
  void a_user_sends_after_starttls_and_a_login() {
    try (var client = edge.client("submission")) {
      client
          .play(
              "S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 538\nC: STARTTLS\nS: 220")
          .secure()
          .play(LOG_IN_AND_SEND);
    }
    var envelope = edge.queued().getFirst();
    assertEquals("ESMTPSA", envelope.client().protocol());
    assertEquals(Optional.of("bob"), envelope.client().user());
  }

  @Test
  void a_user_sends_over_tls_from_the_start() {
    try (var client = edge.client("submissions")) {
      client.secure().play("S: 220").play(LOG_IN_AND_SEND);
    }
    var envelope = edge.queued().getFirst();
    var trace = new String(envelope.trace().toArray(), StandardCharsets.US_ASCII);
    assertTrue(trace.contains("\r\nDate: "), trace);
    assertTrue(
        trace.endsWith("\r\nMessage-ID: <" + envelope.queueId() + "@mx.example.net>\r\n"), trace);
  }

  @Test
  void other_hosts_may_use_tls_and_need_no_login() {
    try (var client = edge.client("mx")) {
      client.play("S: 220\nC: EHLO x\nS: 250\nC: STARTTLS\nS: 220 2.0.0").secure();
      client.play(
          """
          C: EHLO client.example.org
          S: 250
          C: MAIL FROM:<>
          S: 250
          C: RCPT TO:<bob@example.net>
          S: 250
          C: DATA
          S: 354
          """);
      client.send(SmtpClient.lines(1_000_000) + ".\r\n").expect("250 2.0.0");
    }
    assertEquals("ESMTPS", edge.queued().getFirst().client().protocol());
  }

  @Test
  void what_is_slipped_in_before_tls_is_never_heard() {
    try (var client = edge.client("mx")) {
      client.play("S: 220\nC: EHLO x\nS: 250").send("STARTTLS\r\nRSET\r\n");
      client.play("S: 554 5.5.1\nS: (closes)");
    }
  }

  @Test
  void wrong_passwords_and_a_lost_directory_are_told_apart() {
    edge.logins.breakDown("down");
    try (var client = edge.client("submissions")) {
      client.secure().play("S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 454");
      edge.logins.recover();
      client.play("C: AUTH PLAIN AGJvYgB3cm9uZw==\nS: 535 5.7.8\nC: MAIL FROM:<>\nS: 530");
    }
  }

  @Test
  void a_listener_that_needs_a_certificate_does_not_start_without_one() {
    try (var without = new TestEdge(LISTENERS)) {
      var why = Assertions.assertThrows(CannotStartException.class, without::start);
      assertTrue(why.toString().contains("tls.certificate"), why.toString());
    }
  }

  @Test
  void a_message_that_names_somebody_else_as_its_author_is_told_of() {
    try (var client = edge.client("submissions")) {
      client
          .secure()
          .play("S: 220")
          .play(LOG_IN_AND_SEND.replace("Subject: Hello", "From: carol@example.net"));
    }
    var id = Optional.of(edge.queued().getFirst().queueId());
    await()
        .untilAsserted(() ->
            assertTrue(
                edge.events.stream()
                    .filter(MailEvent.ForeignSender.class::isInstance)
                    .anyMatch(event -> event.about().equals(id))));
  }

  @Test
  void a_user_does_not_send_from_the_address_of_another() {
    try (var client = edge.client("submissions")) {
      client.secure().play("S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 235");
      client.play("C: MAIL FROM:<carol@example.net>\nS: 553 5.7.1 <carol@example.net>");
    }
  }
}
