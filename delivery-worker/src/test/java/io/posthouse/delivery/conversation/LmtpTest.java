package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.routing.TlsLevel;
import io.posthouse.delivery.security.Security;
import io.posthouse.message.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// RFC 2033.
class LmtpTest {
  private static final Approach LMTP =
      new Approach(
          new Security.Opportunistic(),
          new Manner(Protocol.LMTP, TlsLevel.POLICY, Optional.empty(), EgressPool.ANY));

  private static final String UP_TO_THE_ANSWERS =
      """
      S: 220 store.example.net LMTP
      C: LHLO us.example.org
      S: 250-store.example.net
      S: 250 PIPELINING
      C: MAIL FROM:<sender@example.com>
      C: RCPT TO:<carol@example.net>
      C: RCPT TO:<dave@example.org>
      S: 250 2.1.0 Ok
      S: 250 2.1.5 Ok
      S: 250 2.1.5 Ok
      C: DATA
      S: 354 Go ahead
      C: Received: from client.example.com
      C: hi
      C: .
      """;

  @Test
  void each_recipient_has_an_answer_of_its_own() {
    var report =
        transfer(
            false,
            UP_TO_THE_ANSWERS
                + """
                S: 250 2.1.5 carol has it
                S: 452 4.2.2 dave is full
                """);
    assertEquals(List.of("carol END 250", "dave END 452"), Transfers.said(report));
    assertInstanceOf(Ending.Ready.class, report.ending());
  }

  @Test
  void who_was_refused_before_has_no_second_answer() {
    var report =
        transfer(
            false,
            """
            S: 220 store.example.net LMTP
            C: LHLO us.example.org
            S: 250 store.example.net
            C: MAIL FROM:<sender@example.com>
            S: 250 2.1.0 Ok
            C: RCPT TO:<carol@example.net>
            S: 550 5.1.1 No such user
            C: RCPT TO:<dave@example.org>
            S: 250 2.1.5 Ok
            C: DATA
            S: 354 Go ahead
            C: Received: from client.example.com
            C: hi
            C: .
            S: 250 2.1.5 dave has it
            """);
    assertEquals(List.of("carol RCPT 550", "dave END 250"), Transfers.said(report));
  }

  @Test
  void without_recipients_no_content_is_announced() {
    var report =
        transfer(
            false,
            """
            S: 220 store.example.net LMTP
            C: LHLO us.example.org
            S: 250-store.example.net
            S: 250 PIPELINING
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<carol@example.net>
            C: RCPT TO:<dave@example.org>
            S: 250 2.1.0 Ok
            S: 550 5.1.1 No such user
            S: 550 5.1.1 No such user
            """);
    assertEquals(List.of("carol RCPT 550", "dave RCPT 550"), Transfers.said(report));
  }

  @Test
  void who_has_an_answer_keeps_it_when_the_others_never_get_theirs() {
    var report =
        transfer(
            true,
            UP_TO_THE_ANSWERS
                + """
                S: 250 2.1.5 carol has it
                S: (hangs up)
                """);
    assertEquals(List.of("carol END 250"), Transfers.said(report));
    assertTrue(assertInstanceOf(Ending.Lost.class, report.ending()).afterTheDot());
  }

  @Test
  void a_host_that_does_not_know_lhlo_is_not_asked_in_another_way() {
    var dialogue =
        new Dialogue(
            """
            S: 220 mx.example.net ESMTP
            C: LHLO us.example.org
            S: 500 5.5.1 What?
            C: QUIT
            S: 221 Bye
            """);
    assertInstanceOf(Opening.Refused.class, dialogue.conversation(LMTP).open("us.example.org"));
    dialogue.assertPlayed(true);
  }

  private static Report transfer(boolean toBeClosed, String script) {
    var dialogue = new Dialogue(script);
    var opening = dialogue.conversation(LMTP).open("us.example.org");
    var report =
        assertInstanceOf(Opening.Open.class, opening)
            .conversation()
            .transfer(Transfers.transaction("hi\r\n", Samples.CAROL, Samples.DAVE));
    dialogue.assertPlayed(toBeClosed);
    return report;
  }
}
