package io.posthouse.edge.session;

import static io.posthouse.edge.session.ListenerKind.LMTP;
import static io.posthouse.edge.session.ListenerKind.MX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.session.Origin.Trust;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// XFORWARD as in Postfix's XFORWARD_README.
class XForwardTest {
  private static final Origin FILTER = Origins.LOOPBACK.forwarding(true);
  private static final String HELLO = "S: 220\nC: EHLO filter\nS: 250\n";
  private static final String TO_BOB =
      """
      C: MAIL FROM:<>
      S: 250
      C: RCPT TO:<bob@example.net>
      S: 250
      """;
  private static final String MESSAGE = TO_BOB + "C: DATA\nS: 354\nC: .\nQ: queued\nS: 250\n";

  private static Dialogue play(Origin origin, String script) {
    return Dialogue.play(Dialogue.rules(MX), Link.plain(origin), script);
  }

  private static Optional<String> told(String attributes) {
    return play(FILTER, HELLO + "C: XFORWARD " + attributes + "\nS: 250 2.0.0 Ok")
        .link()
        .passage()
        .forwarded();
  }

  @Test
  void what_is_said_in_two_lines_is_told_of_the_next_message_only() {
    var dialogue =
        play(
            FILTER,
            HELLO
                + """
                C: XFORWARD NAME=mail.example.org ADDR=192.0.2.7 PORT=51000
                S: 250 2.0.0 Ok
                C: XFORWARD PROTO=ESMTP HELO=mail IDENT=4XyZ SOURCE=REMOTE
                S: 250 2.0.0 Ok
                """
                + MESSAGE
                + MESSAGE);
    var all =
        "name=mail.example.org addr=192.0.2.7 port=51000 proto=ESMTP helo=mail ident=4XyZ"
            + " source=REMOTE";
    assertEquals(List.of(Optional.of(all), Optional.empty()), dialogue.forwarded());
  }

  /// Limits, relaying and the recipient policy go by the origin.
  @Test
  void it_makes_nobody_of_the_host_that_says_it() {
    var link = play(FILTER, HELLO + "C: XFORWARD ADDR=192.0.2.7 HELO=mail\nS: 250").link();
    assertEquals(FILTER, link.origin());
    assertEquals(Optional.empty(), link.user());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "C: EHLO x\nS: 250\n", "C: EHLO x\nS: 250\nC: MAIL FROM:<>\nS: 250\n"})
  void nobody_else_is_believed(String before) {
    var believed = Origin.direct(FILTER.client(), FILTER.server(), Trust.AND_THEIR_LOGINS);
    for (var origin : List.of(Origins.LOOPBACK, believed)) {
      var script = "S: 220\n" + before + "C: XFORWARD ADDR=192.0.2.7\nS: 550 5.7.0\n";
      var link = play(origin, script + "C: NOOP\nS: 250").link();
      assertEquals(Optional.empty(), link.passage().forwarded());
    }
  }

  @Test
  void a_client_that_is_introduced_is_not_the_host_that_may() {
    var trusted = Origin.direct(FILTER.client(), FILTER.server(), Trust.WHO_THEY_ARE);
    play(
        trusted.forwarding(true),
        HELLO
            + """
            C: XFORWARD ADDR=192.0.2.7
            S: 250
            C: XCLIENT ADDR=192.0.2.1
            S: 220
            C: XFORWARD ADDR=192.0.2.7
            S: 550 5.7.0
            """);
  }

  @Test
  void a_transaction_is_not_interrupted() {
    var dialogue =
        play(
            FILTER,
            HELLO
                + """
                C: XFORWARD IDENT=one
                S: 250
                C: MAIL FROM:<>
                S: 250
                C: XFORWARD IDENT=two
                S: 503 5.5.1
                C: RCPT TO:<bob@example.net>
                S: 250
                C: BDAT 5
                S: 250
                C: XFORWARD IDENT=two
                S: 503 5.5.1
                C: BDAT 0 LAST
                Q: queued
                S: 250
                """);
    // The second refusal came between chunks.
    assertEquals(List.of(Optional.of("ident=one"), Optional.of("ident=one")), dialogue.forwarded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C: RSET\nS: 250\n",
        "C: EHLO filter\nS: 250\n",
        "C: MAIL FROM:<>\nS: 250\nC: RSET\nS: 250\n",
        "C: STARTTLS\nS: 220\nC: EHLO filter\nS: 250\n",
        "C: XFORWARD IDENT=[UNAVAILABLE]\nS: 250\n"
      })
  void what_was_said_is_forgotten_with(String step) {
    var dialogue = play(FILTER, HELLO + "C: XFORWARD IDENT=4XyZ\nS: 250\n" + step + MESSAGE);
    assertEquals(List.of(Optional.empty()), dialogue.forwarded());
  }

  @Test
  void a_sender_that_is_refused_has_ended_nothing() {
    var refused = "C: MAIL FROM:<a@example.org>\nD: 451 4.3.0 Later\nS: 451 4.3.0\n";
    var dialogue = play(FILTER, HELLO + "C: XFORWARD IDENT=4XyZ\nS: 250\n" + refused + MESSAGE);
    assertEquals(List.of(Optional.of("ident=4XyZ")), dialogue.forwarded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C: DATA\nS: 354\n!: too big\nS: 552\n",
        "C: DATA\nS: 354\nC: .\nQ: refused\nS: 451\n",
        "C: BDAT 5 LAST\n!: bare newline\nS: 550\n"
      })
  void content_that_is_refused_is_told_with_it_and_ends_it(String content) {
    var script = HELLO + "C: XFORWARD IDENT=4XyZ\nS: 250\n" + TO_BOB + content + MESSAGE;
    var forwarded = play(FILTER, script).forwarded();
    assertEquals(Optional.of("ident=4XyZ"), forwarded.getFirst());
    assertEquals(Optional.empty(), forwarded.getLast());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ADDR=IPV6:2001:db8::1, addr=2001:db8:0:0:0:0:0:1
          addr=ipv6:::ffff:192.0.2.1 port=00025, addr=192.0.2.1 port=25
          ADDR=192+2E0.2.1, addr=192.0.2.1
          NAME=[UNAVAILABLE] ADDR=[TEMPUNAVAIL] PORT=[unavailable] SOURCE=local, source=LOCAL
          HELO=client+2Eexample.org, helo=client.example.org
          HELO=[192.0.2.1] PROTO=QMQP, proto=QMQP helo=[192.0.2.1]
          HELO=a+20(comment) IDENT=4XyZ, ident=4XyZ
          HELO=a+0D+0Ab,
          HELO=[UNAVAILABLE],
          IDENT=one IDENT=two, ident=two
          """)
  void values_are_told_as_they_are_meant(String attributes, String expected) {
    assertEquals(Optional.ofNullable(expected), told(attributes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ADDR",
        "ADDR=",
        "IDENT=two ADDR=2001:db8::1",
        "ADDR=192.0.2.256",
        "PORT=65536",
        "PORT=x",
        "NAME=a+20b",
        "PROTO=a+20b",
        "IDENT=a+0D+0Ab",
        "SOURCE=ELSEWHERE",
        "LOGIN=bob",
        "COLOUR=blue"
      })
  void what_cannot_be_is_refused_and_changes_nothing(String attributes) {
    var script =
        HELLO + "C: XFORWARD IDENT=one\nS: 250\nC: XFORWARD " + attributes + "\nS: 501 5.5.4";
    assertEquals(Optional.of("ident=one"), play(FILTER, script).link().passage().forwarded());
  }

  @Test
  void a_line_is_no_longer_than_any_other() {
    var longest = "XFORWARD HELO=" + "a".repeat(255) + " IDENT=" + "b".repeat(512 - 2 - 276);
    assertEquals(510, longest.length());
    play(FILTER, HELLO + "C: " + longest + "\nS: 250\nC: " + longest + "b\nS: 500 5.5.2");
  }

  @Test
  void lmtp_has_it_as_well() {
    var script = "S: 220\nC: LHLO filter\nS: 250\nC: XFORWARD IDENT=4XyZ\nS: 250\n" + MESSAGE;
    var dialogue = Dialogue.play(Dialogue.rules(LMTP), Link.plain(FILTER), script);
    assertEquals(List.of(Optional.of("ident=4XyZ")), dialogue.forwarded());
  }

  @Test
  void it_is_announced_to_those_who_may_use_it() {
    var rules = Dialogue.rules(MX);
    assertFalse(Capabilities.of(rules, Origins.PLAIN).wire().contains("XFORWARD"));
    assertTrue(
        Capabilities.of(rules, Link.plain(FILTER))
            .wire()
            .contains("XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE\r\n"));
  }
}
