package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.telemetry.MailEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the event of an accepted message says of the checks it has passed.
class ChecksIT {
  private static final String TO_BOB =
      """
      C: EHLO client.example.org
      S: 250
      C: MAIL FROM:<alice@example.org>
      S: 250
      C: RCPT TO:<bob@example.net>
      S: 250
      """;
  private static final String CONTENT = "C: DATA\nS: 354\nC: Subject: Hello\nC: .\nS: 250 2.0.0\n";

  private TestEdge edge = new TestEdge();

  @AfterEach
  void close() {
    edge.close();
  }

  private void start(TlsSettings tls, String... overrides) {
    edge = new TestEdge(overrides).start(tls);
  }

  private void start(String... overrides) {
    start(new TlsSettings(Optional.empty()), overrides);
  }

  private List<String> checks() {
    var accepted = await().until(this::accepted, Optional::isPresent).orElseThrow();
    return accepted.checks().stream().map(Object::toString).toList();
  }

  private Optional<MailEvent.Accepted> accepted() {
    return edge.events.stream()
        .filter(MailEvent.Accepted.class::isInstance)
        .map(MailEvent.Accepted.class::cast)
        .findFirst();
  }

  @Test
  void a_host_that_waits_and_keeps_to_its_limits_has_passed_those_too() {
    start("limits.exempt=[]", "greeting.pause=50ms");
    try (var client = edge.client("mx")) {
      client.play("S: 220\n").play(TO_BOB).play(CONTENT);
    }
    assertEquals(
        List.of(
            "early_talker=pass",
            "connections=pass",
            "connection_rate=pass",
            "error_rate=pass",
            "message_rate=pass",
            "recipient_rate=pass",
            "size=pass",
            "header=pass",
            "mime=pass",
            "hops=pass",
            "loop=pass",
            "line=pass",
            "bare_newline=pass",
            "recipient=pass",
            "disabled=pass",
            "quota=pass",
            "mailbox_rate=pass"),
        checks());
  }

  @Test
  void what_is_only_observed_is_told_as_it_would_have_been_refused() {
    start(
        "limits.exempt=[]",
        "greeting.pause=30s",
        "greeting.early_talkers=observe",
        "bare_newline=normalise");
    try (var client = edge.client("mx")) {
      client.play("C: EHLO client.example.org\nS: 220\nS: 250\n").play(TO_BOB);
      client.play("C: DATA\nS: 354").send("Subject: Hello\n\r\n.\r\n").expect("250 2.0.0");
    }
    var checks = checks();
    assertTrue(checks.contains("early_talker=observe:554 5.5.0"), checks::toString);
    assertTrue(checks.contains("bare_newline=observe:550 5.5.2"), checks::toString);
  }

  @Test
  void nobody_claims_a_check_that_was_not_made() {
    start();
    try (var client = edge.client("mx")) {
      client.play("S: 220\n").play(TO_BOB.replace("<alice@example.org>", "<> BODY=BINARYMIME"));
      client.send("BDAT 4 LAST\r\na\nb\n").expect("250 2.0.0");
    }
    assertEquals(
        List.of(
            "size=pass",
            "header=pass",
            "mime=pass",
            "hops=pass",
            "loop=pass",
            "recipient=pass",
            "disabled=pass",
            "quota=pass"),
        checks());
  }

  @Test
  void a_users_message_tells_of_its_sender_and_of_each_recipient(@TempDir Path folder)
      throws Exception {
    start(
        TestIdentity.in(folder),
        "listeners=[{name: submissions, kind: submissions, port: 0, address: 127.0.0.1}]",
        "submission.sender=observe",
        "submission.recipients_per_day=9");
    try (var client = edge.client("submissions")) {
      client
          .secure()
          .play("S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 235")
          .play("C: MAIL FROM:<carol@example.net>\nS: 250")
          .play("C: RCPT TO:<carol@example.net>\nS: 250\nC: RCPT TO:<dave@example.org>\nS: 250")
          .play(CONTENT);
    }
    var checks = checks();
    assertEquals("login=pass", checks.getFirst());
    assertEquals(
        List.of(
            "ownership=observe:553 5.7.1",
            "user_quota=pass",
            "recipient=pass carol@example.net",
            "disabled=pass carol@example.net",
            "quota=pass carol@example.net",
            "relay=pass dave@example.org"),
        checks.subList(checks.indexOf("ownership=observe:553 5.7.1"), checks.size()));
    assertFalse(checks.contains("message_rate=pass"), checks::toString);
  }
}
