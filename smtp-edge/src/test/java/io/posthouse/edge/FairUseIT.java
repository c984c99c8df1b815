package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.telemetry.MailEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What one address may ask of an edge, over sockets.
class FairUseIT {
  private static final String HELLO = "S: 220\nC: EHLO client.example.org\nS: 250\n";
  private static final String TO_BOB =
      "C: MAIL FROM:<>\nS: 250\nC: RCPT TO:<bob@example.net>\nS: 250\n";

  private TestEdge edge = new TestEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  private void start(String... overrides) {
    edge = new TestEdge(overrides).start();
  }

  private List<String> checks() {
    return edge.events.stream()
        .filter(MailEvent.Refused.class::isInstance)
        .map(event -> ((MailEvent.Refused) event).check())
        .toList();
  }

  @Test
  void connections_that_come_too_fast_are_sent_away_each_with_its_event() {
    start("limits.exempt=[]", "limits.per_address.opened=2/1h");
    for (int i = 0; i < 2; i++) {
      try (var client = edge.client("mx")) {
        client.play("S: 220\nC: QUIT\nS: 221\nS: (closes)");
      }
    }
    try (var client = edge.client("mx")) {
      client.play("S: 421 4.7.0\nS: (closes)");
    }
    await().until(() -> checks().equals(List.of("connection_rate")));
  }

  @Test
  void messages_and_recipients_that_are_too_many_are_to_come_later() {
    start(
        "limits.exempt=[]",
        "limits.per_address.messages=2/1h",
        "limits.per_network.recipients=3/1h");
    try (var client = edge.client("mx")) {
      client.play(HELLO).play(TO_BOB).play("C: DATA\nS: 354\nC: .\nS: 250");
      client.play(TO_BOB).play("C: RCPT TO:<carol@example.net>\nS: 250");
      client.play("C: RCPT TO:<bob@example.net>\nS: 452 4.7.1");
      client.play("C: DATA\nS: 354\nC: .\nS: 250");
      client.play("C: MAIL FROM:<>\nS: 450 4.7.1\nC: QUIT\nS: 221");
    }
    assertEquals(2, edge.queued().size());
    assertEquals(List.of("recipient_rate", "message_rate"), checks());
  }

  @Test
  void whoever_guesses_addresses_is_put_off_and_then_not_let_in() {
    start("limits.exempt=[]", "limits.per_address.errors=3/1h");
    try (var client = edge.client("mx")) {
      client.play(HELLO).play("C: MAIL FROM:<>\nS: 250");
      for (int i = 0; i < 3; i++) client.play("C: RCPT TO:<guess" + i + "@example.net>\nS: 550");
      client.play("C: RCPT TO:<bob@example.net>\nS: 450 4.7.1\nC: QUIT\nS: 221");
    }
    try (var again = edge.client("mx")) {
      again.play("S: 421 4.7.0\nS: (closes)");
    }
  }

  @Test
  void the_platforms_own_lmtp_clients_and_exempt_networks_are_not_counted() {
    start("limits.per_address.opened=1/1h", "limits.per_address.messages=1/1h");
    for (int i = 0; i < 3; i++) {
      try (var client = edge.client("mx")) {
        client.play(HELLO).play(TO_BOB);
      }
    }
    edge.close();
    start("limits.exempt=[]", "limits.per_address.opened=1/1h");
    for (int i = 0; i < 3; i++) {
      try (var client = edge.client("lmtp")) {
        client.play("S: 220\nC: LHLO client.example.org\nS: 250\n").play(TO_BOB);
      }
    }
  }
}
