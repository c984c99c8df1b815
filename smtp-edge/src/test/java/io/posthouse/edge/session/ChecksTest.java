package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.MX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final String HELLO =
      """
      S: 220
      C: EHLO client.example.org
      S: 250
      """;
  private static final String TO_BOB =
      """
      C: MAIL FROM:<alice@example.net>
      D: yes ownership
      S: 250
      C: RCPT TO:<bob@example.net>
      D: yes recipient quota
      S: 250
      """;
  private static final String CONTENT =
      """
      C: DATA
      S: 354
      C: .
      Q: queued
      S: 250
      """;

  private static List<String> checks(String script) {
    var checks = play(MX, HELLO + script).enqueued().getLast().checks();
    return checks.all().stream().map(Object::toString).toList();
  }

  @Test
  void a_message_brings_along_what_its_checks_said() {
    assertEquals(
        List.of("ownership=pass", "recipient=pass", "quota=pass"), checks(TO_BOB + CONTENT));
  }

  @Test
  void what_was_said_of_every_recipient_is_told_once_and_the_rest_of_each() {
    assertEquals(
        List.of(
            "ownership=pass",
            "recipient=pass",
            "quota=pass bob@example.net",
            "mailbox_rate=pass carol@example.net"),
        checks(
            TO_BOB
                + """
                C: RCPT TO:<carol@example.net>
                D: yes recipient mailbox_rate
                S: 250
                """
                + CONTENT));
  }

  @Test
  void a_recipient_named_twice_is_told_of_once_and_one_refused_is_not() {
    assertEquals(
        List.of("ownership=pass", "recipient=pass bob@example.net", "quota=pass bob@example.net"),
        checks(
            TO_BOB
                + """
                C: RCPT TO:<dave@example.net>
                D: 550 5.1.1 No such user
                S: 550
                C: RCPT TO:<carol@example.net>
                D: yes
                S: 250
                C: RCPT TO:<bob@example.net>
                D: yes recipient quota
                S: 250
                """
                + CONTENT));
  }

  @Test
  void a_message_that_was_given_up_leaves_nothing_to_the_next() {
    assertEquals(
        List.of("relay=pass"),
        checks(
            TO_BOB
                + """
                C: RSET
                S: 250
                C: MAIL FROM:<>
                S: 250
                C: RCPT TO:<carol@example.net>
                D: yes relay
                S: 250
                """
                + CONTENT));
  }
}
