package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Transfers.open;
import static io.posthouse.delivery.conversation.Transfers.said;
import static io.posthouse.delivery.conversation.Transfers.transaction;
import static io.posthouse.delivery.conversation.Transfers.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final Recipient CAROL = Samples.CAROL;
  private static final Recipient DAVE = Samples.DAVE;

  @Test
  void a_message_is_delivered_command_by_command() {
    var report =
        transfer(
            """
            S: 220 mx.example.net ESMTP
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: MAIL FROM:<sender@example.com>
            S: 250 2.1.0 Ok
            C: RCPT TO:<carol@example.net>
            S: 250 2.1.5 Ok
            C: RCPT TO:<dave@example.org>
            S: 250 2.1.5 Ok
            C: DATA
            S: 354 Go ahead
            C: Received: from client.example.com
            C: Subject: hi
            C:
            C: ..dot
            C: .
            S: 250 2.0.0 Ok: queued as 17
            """,
            CAROL,
            DAVE);
    assertEquals(List.of("carol END 250", "dave END 250"), said(report));
    assertInstanceOf(Ending.Ready.class, report.ending());
  }

  @Test
  void commands_go_together_where_the_host_likes_that() {
    var report =
        transfer(
            """
            S: 220-mx.example.net ESMTP
            S: 220 at your service
            C: EHLO us.example.org
            S: 250-mx.example.net
            S: 250-PIPELINING
            S: 250 SIZE 10000
            C: MAIL FROM:<sender@example.com> SIZE=56
            C: RCPT TO:<carol@example.net>
            C: RCPT TO:<dave@example.org>
            C: DATA
            S: 250 2.1.0 Ok
            S: 550 5.1.1 No such user
            S: 250 2.1.5 Ok
            S: 354 Go ahead
            C: Received: from client.example.com
            C: Subject: hi
            C:
            C: ..dot
            C: .
            S: 250 2.0.0 Ok
            """,
            CAROL,
            DAVE);
    assertEquals(List.of("carol RCPT 550", "dave END 250"), said(report));
  }

  @Test
  void a_host_that_waits_for_content_nobody_gets_is_given_none() {
    var report =
        transfer(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250-mx.example.net
            S: 250 PIPELINING
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<carol@example.net>
            C: DATA
            S: 250 Ok
            S: 450 4.2.0 Greylisted
            S: 354 Go ahead
            C: .
            S: 554 5.5.1 No valid recipients
            """,
            CAROL);
    assertEquals(List.of("carol RCPT 450"), said(report));
    assertInstanceOf(Ending.Ready.class, report.ending());
  }

  @Test
  void a_refused_sender_is_a_refusal_for_everybody() {
    var report =
        transfer(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: MAIL FROM:<sender@example.com>
            S: 550 5.7.1 Go away
            """,
            CAROL,
            DAVE);
    assertEquals(List.of("carol MAIL 550", "dave MAIL 550"), said(report));
  }

  @Test
  void refused_content_is_a_refusal_for_those_who_were_accepted() {
    var report =
        transfer(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: MAIL FROM:<sender@example.com>
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 251 will forward
            C: RCPT TO:<dave@example.org>
            S: 452 4.2.2 Full
            C: DATA
            S: 354 Go
            C: Received: from client.example.com
            C: Subject: hi
            C:
            C: ..dot
            C: .
            S: 554 5.6.0 Spam
            """,
            CAROL,
            DAVE);
    assertEquals(List.of("dave RCPT 452", "carol END 554"), said(report));
  }

  @Test
  void a_transaction_that_came_to_nothing_is_forgotten_before_the_next() {
    var dialogue =
        new Dialogue(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: MAIL FROM:<sender@example.com>
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 550 5.1.1 No
            C: RSET
            S: 250 Ok
            C: MAIL FROM:<sender@example.com>
            S: 250 Ok
            C: RCPT TO:<dave@example.org>
            S: 250 Ok
            C: DATA
            S: 451 4.3.0 Later
            C: QUIT
            S: 221 Bye
            """);
    var conversation = open(dialogue);
    conversation.transfer(transaction(CAROL));
    var second = conversation.transfer(transaction(DAVE));
    conversation.quit();
    assertEquals(List.of("dave DATA 451"), said(second));
    dialogue.assertPlayed(true);
  }

  @Test
  void a_host_that_does_not_know_ehlo_may_know_helo() {
    var dialogue =
        new Dialogue(
            """
            S: 220 old.example.net SMTP
            C: EHLO us.example.org
            S: 500 What?
            C: HELO us.example.org
            S: 250 old.example.net
            """);
    open(dialogue);
    dialogue.assertPlayed(false);
  }

  @Test
  void a_refusing_greeting_is_about_the_host_and_we_leave_politely() {
    var dialogue =
        new Dialogue(
            """
            S: 554 5.7.1 We do not like your address
            C: QUIT
            S: 221 Bye
            """);
    var refused =
        assertInstanceOf(Opening.Refused.class, dialogue.conversation().open("us.example.org"));
    assertEquals(Stage.GREETING, refused.stage());
    dialogue.assertPlayed(true);
  }

  @Test
  void what_is_no_smtp_is_unreachable() {
    var dialogue = new Dialogue("S: SSH-2.0-OpenSSH_9.2");
    var unreachable =
        assertInstanceOf(Opening.Unreachable.class, dialogue.conversation().open("us.example.org"));
    assertEquals(
        "not a reply: SSH-2.0-OpenSSH_9.2 while waiting for the greeting", unreachable.why());
    dialogue.assertPlayed(true);
  }

  @Test
  void a_greeting_is_waited_for_as_long_as_the_rfc_asks() {
    var dialogue = new Dialogue("S: (silent for 300 s)");
    var unreachable =
        assertInstanceOf(Opening.Silent.class, dialogue.conversation().open("us.example.org"));
    assertEquals("no sign for 300 s while waiting for the greeting", unreachable.why());
  }

  @Test
  void a_host_that_leaves_with_421_has_said_what_it_said() {
    var report =
        transfer(
            true,
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: MAIL FROM:<sender@example.com>
            S: 421 4.3.2 Shutting down
            """,
            CAROL);
    assertEquals(List.of("carol MAIL 421"), said(report));
    assertInstanceOf(Ending.Leaving.class, report.ending());
    assertTrue(report.wasTooLate());
  }

  @Test
  void a_connection_lost_before_the_content_lost_nothing() {
    var report =
        transfer(
            true,
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: MAIL FROM:<sender@example.com>
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 550 5.1.1 No
            C: RCPT TO:<dave@example.org>
            S: (hangs up)
            """,
            CAROL,
            DAVE);
    assertEquals(List.of("carol RCPT 550"), said(report));
    assertEquals(
        new Ending.Lost(
            Stage.RCPT,
            false,
            "the host closed the connection while waiting for the reply to RCPT"),
        report.ending());
  }

  @Test
  void a_connection_lost_after_the_dot_may_have_delivered() {
    var report =
        transfer(
            true,
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: MAIL FROM:<sender@example.com>
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 250 Ok
            C: DATA
            S: 354 Go
            C: Received: from client.example.com
            C: Subject: hi
            C:
            C: ..dot
            C: .
            S: (silent for 600 s)
            """,
            CAROL);
    assertEquals(List.of(), said(report));
    assertTrue(assertInstanceOf(Ending.Lost.class, report.ending()).afterTheDot());
  }
}
