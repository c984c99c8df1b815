package io.posthouse.edge.session;

import static io.posthouse.edge.session.ListenerKind.MX;
import static io.posthouse.edge.session.ListenerKind.SUBMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.session.Origin.Trust;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// XCLIENT as in Postfix's XCLIENT_README. The numbers are those of a list of troubles that other
/// platforms had.
class XClientTest {
  private static Dialogue play(ListenerKind kind, Trust trust, String script) {
    var origin = Origin.direct(Origins.LOOPBACK.client(), Origins.LOOPBACK.server(), trust);
    return Dialogue.play(Dialogue.rules(kind), Link.plain(origin), script);
  }

  private static Origin introduced(String attributes) {
    return play(MX, Trust.WHO_THEY_ARE, "S: 220\nC: XCLIENT " + attributes + "\nS: 220")
        .link()
        .origin();
  }

  @Test
  void a_client_that_is_introduced_begins_anew() {
    var dialogue =
        play(
            MX,
            Trust.WHO_THEY_ARE,
            """
            S: 220
            C: EHLO proxy.example.net
            S: 250
            C: XCLIENT NAME=mail.example.org ADDR=192.0.2.1 PORT=51000 HELO=mail PROTO=ESMTP
            S: 220 mx.example.net
            C: MAIL FROM:<>
            S: 503
            C: EHLO proxy.example.net
            S: 250
            C: MAIL FROM:<>
            S: 250
            """);
    var origin = dialogue.link().origin();
    assertEquals("192.0.2.1:51000", origin.client().toString());
    assertEquals(Optional.of("mail.example.org"), origin.name());
    assertEquals(Optional.of(Origins.LOOPBACK.client()), origin.proxy());
  }

  /// C-24
  @Test
  void what_does_not_fit_one_line_comes_in_two() {
    var origin =
        play(
                MX,
                Trust.WHO_THEY_ARE,
                """
                S: 220
                C: XCLIENT NAME=mail.example.org PORT=51000 HELO=mail
                S: 220
                C: XCLIENT DESTADDR=198.51.100.1 DESTPORT=465 ADDR=192.0.2.1
                S: 220
                C: EHLO proxy.example.net
                S: 250
                """)
            .link()
            .origin();
    assertEquals("192.0.2.1:51000", origin.client().toString());
    assertEquals("198.51.100.1:465", origin.server().toString());
    assertEquals(Optional.of("mail"), origin.helo());
    assertEquals(Optional.of(Origins.LOOPBACK.client()), origin.proxy());
  }

  /// C-25
  @ParameterizedTest
  @ValueSource(
      strings = {"", "C: EHLO x\nS: 250\n", "C: EHLO x\nS: 250\nC: MAIL FROM:<>\nS: 250\n"})
  void nobody_else_is_believed(String before) {
    var dialogue =
        play(
            MX,
            Trust.NOTHING,
            "S: 220\n" + before + "C: XCLIENT ADDR=192.0.2.1\nS: 550 5.7.0\nC: NOOP\nS: 250");
    assertTrue(dialogue.link().origin().proxy().isEmpty());
    assertEquals(Origins.LOOPBACK.client(), dialogue.link().origin().client());
  }

  /// C-26
  @Test
  void a_transaction_is_not_interrupted() {
    play(
        MX,
        Trust.WHO_THEY_ARE,
        """
        S: 220
        C: EHLO x
        S: 250
        C: MAIL FROM:<>
        S: 250
        C: XCLIENT ADDR=192.0.2.1
        S: 503 5.5.1
        C: RCPT TO:<bob@example.net>
        S: 250
        """);
  }

  /// C-27
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ADDR=IPV6:2001:db8::1, '[2001:db8:0:0:0:0:0:1]:0'
          addr=ipv6:2001:db8::1 port=25, '[2001:db8:0:0:0:0:0:1]:25'
          ADDR=IPV6:::ffff:192.0.2.1, 192.0.2.1:0
          ADDR=[UNAVAILABLE] PORT=[TEMPUNAVAIL], 0.0.0.0:0
          NAME=[unavailable], 127.0.0.1:0
          ADDR=192+2E0.2.1 PORT=1, 192.0.2.1:1
          """)
  void an_address_is_the_clients(String attributes, String expected) {
    assertEquals(expected, introduced(attributes).client().toString());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          HELO=client+2Eexample.org, client.example.org
          HELO=[192.0.2.1], [192.0.2.1]
          HELO=[UNAVAILABLE],
          HELO=a+20(comment),
          HELO=a+0D+0Ab,
          """)
  void a_name_that_was_said_is_told_where_it_can_be(String attributes, String expected) {
    assertEquals(Optional.ofNullable(expected), introduced(attributes).helo());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ADDR",
        "ADDR=",
        "ADDR=2001:db8::1",
        "ADDR=IPV6:192.0.2.1.5",
        "ADDR=IPV6:fe80::1%1",
        "ADDR=192.0.2.256",
        "ADDR=192.0.2.1PORT=25",
        "PORT=65536",
        "PORT=x",
        "NAME=a+20b",
        "PROTO=HTTP",
        "COLOUR=blue",
        "NAME=a =b"
      })
  void what_cannot_be_is_refused_and_changes_nothing(String attributes) {
    var script = "S: 220\nC: XCLIENT " + attributes + "\nS: 501 5.5.4\nC: EHLO x\nS: 250";
    var link = play(MX, Trust.WHO_THEY_ARE, script).link();
    assertEquals(Origins.LOOPBACK.client(), link.origin().client());
    assertTrue(link.origin().proxy().isEmpty());
  }

  /// C-28
  @Test
  void a_login_is_taken_over_from_those_who_may_say_so() {
    var script =
        """
        S: 220
        C: EHLO proxy.example.net
        S: 250
        C: XCLIENT ADDR=192.0.2.1 LOGIN=bob
        S: %s
        C: EHLO proxy.example.net
        S: 250
        C: MAIL FROM:<bob@example.net>
        S: %s
        """;
    var link = play(SUBMISSION, Trust.AND_THEIR_LOGINS, script.formatted("220", "250")).link();
    assertEquals(Optional.of("bob"), link.user());
    play(SUBMISSION, Trust.WHO_THEY_ARE, script.formatted("550 5.7.0", "530"));
    play(SUBMISSION, Trust.NOTHING, script.formatted("550 5.7.0", "530"));
  }

  @Test
  void a_login_that_cannot_be_looked_up_is_nobodys_fault() {
    var script = "S: 220\nC: XCLIENT LOGIN=bob\nD: %s\nS: %s\n%s";
    play(
        SUBMISSION,
        Trust.AND_THEIR_LOGINS,
        script.formatted("421 4.3.0 Down", "421 4.3.0", "S: (closes)"));
    play(
        SUBMISSION,
        Trust.AND_THEIR_LOGINS,
        script.formatted("550 5.7.0 Nobody", "550 5.7.0", "C: NOOP\nS: 250"));
  }

  @Test
  void the_next_client_is_not_logged_in_as_the_one_before() {
    var link =
        play(
                SUBMISSION,
                Trust.AND_THEIR_LOGINS,
                """
                S: 220
                C: XCLIENT ADDR=192.0.2.1 LOGIN=bob
                S: 220
                C: XCLIENT ADDR=192.0.2.2
                S: 220
                C: EHLO x
                S: 250
                C: MAIL FROM:<bob@example.net>
                S: 530
                """)
            .link();
    assertEquals(Optional.empty(), link.user());
  }

  @Test
  void it_is_announced_to_those_who_may_use_it() {
    var link = play(MX, Trust.NOTHING, "S: 220").link();
    assertFalse(Capabilities.of(Dialogue.rules(MX), link).wire().contains("XCLIENT"));
    assertEquals(
        "XCLIENT NAME ADDR PORT PROTO HELO DESTADDR DESTPORT",
        Introduction.capability(Trust.WHO_THEY_ARE));
    var trusted = play(MX, Trust.AND_THEIR_LOGINS, "S: 220").link();
    assertTrue(
        Capabilities.of(Dialogue.rules(MX), trusted)
            .wire()
            .contains("XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT\r\n"));
  }
}
