package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.LMTP;
import static io.posthouse.edge.session.ListenerKind.MX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.Recipient;
import org.junit.jupiter.api.Test;

class SessionTest {
  @Test
  void a_message_is_taken_once_the_queue_has_it() {
    var dialogue =
        play(
            MX,
            """
            S: 220 mx.example.net ESMTP
            C: EHLO client.example.org
            S: 250 mx.example.net / PIPELINING / 8BITMIME / BINARYMIME / CHUNKING / SMTPUTF8 / DSN / ENHANCEDSTATUSCODES / SIZE 1000
            C: MAIL FROM:<alice@example.org> SIZE=900 BODY=8BITMIME
            S: 250 2.1.0
            C: RCPT TO:<bob@example.net>
            S: 250 2.1.5
            C: DATA
            S: 354
            C: Subject: Hello
            C: .
            Q: queued
            S: 250 2.0.0 Ok: queued as 0123456789abcde
            C: QUIT
            S: 221 2.0.0
            S: (closes)
            """);
    assertEquals(Body.EIGHT_BIT_MIME, dialogue.enqueued().getFirst().parameters().body());
  }

  @Test
  void a_client_is_told_to_come_back_when_the_queue_refuses_its_message() {
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 250
        C: DATA
        S: 354
        C: .
        Q: refused
        S: 451 4.3.0
        C: MAIL FROM:<>
        S: 250
        """);
  }

  @Test
  void commands_out_of_sequence_are_refused_and_change_nothing() {
    play(
        MX,
        """
        S: 220
        C: MAIL FROM:<alice@example.org>
        S: 503 5.5.1
        C: RCPT TO:<bob@example.net>
        S: 503 5.5.1
        C: EHLO client.example.org
        S: 250
        C: DATA
        S: 503 5.5.1
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: MAIL FROM:<carol@example.org>
        S: 503 5.5.1
        C: DATA
        S: 554 5.5.1 No valid recipients
        C: RCPT TO:<bob@example.net>
        S: 250
        """);
  }

  @Test
  void hello_and_rset_abandon_a_transaction() {
    play(
        MX,
        """
        S: 220
        C: RSET
        S: 250 2.0.0
        C: HELO client.example.org
        S: 250 mx.example.net
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: RSET
        S: 250 2.0.0
        C: RCPT TO:<bob@example.net>
        S: 503
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: EHLO client.example.org
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 503
        """);
  }

  @Test
  void each_recipient_has_an_answer_of_its_own() {
    var dialogue =
        play(
            MX,
            """
            S: 220
            C: EHLO client.example.org
            S: 250
            C: MAIL FROM:<alice@example.org>
            S: 250
            C: RCPT TO:<nobody@example.net>
            D: 550 5.1.1 No such user
            S: 550 5.1.1 No such user
            C: RCPT TO:<bob@example.net>
            S: 250
            C: RCPT TO:<carol@example.net>
            D: 451 4.3.0 Ask again
            S: 451 4.3.0 Ask again
            C: RCPT TO:<postmaster>
            S: 250
            C: DATA
            S: 354
            C: .
            Q: queued
            S: 250
            """);
    var recipients = dialogue.enqueued().getFirst().recipients();
    assertEquals("bob@example.net", recipients.getFirst().address().toString());
    assertEquals(2, recipients.size());
  }

  @Test
  void a_recipient_named_twice_is_a_recipient_once() {
    var dialogue =
        play(
            LMTP,
            """
            S: 220 mx.example.net LMTP
            C: LHLO client.example.org
            S: 250
            C: MAIL FROM:<>
            S: 250
            C: RCPT TO:<bob@example.net>
            S: 250
            C: RCPT TO:<bob@example.net>
            S: 250
            C: DATA
            S: 354
            C: .
            Q: queued
            S: 250 2.0.0 Ok: queued as
            S: 250 2.0.0 Ok: queued as
            """);
    var recipients = dialogue.enqueued().getFirst().recipients();
    assertEquals(MailAddress.of("bob@example.net"), recipients.getFirst().address());
    assertEquals(1, recipients.size());
  }

  @Test
  void lmtp_answers_for_each_recipient_it_accepted() {
    play(
        LMTP,
        """
        S: 220
        C: EHLO client.example.org
        S: 500 5.5.1
        C: LHLO client.example.org
        S: 250
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 250
        C: RCPT TO:<nobody@example.net>
        D: 550 5.1.1 No such user
        S: 550
        C: RCPT TO:<carol@example.net>
        S: 250
        C: DATA
        S: 354
        C: .
        Q: refused
        S: 451 4.3.0
        S: 451 4.3.0
        """);
  }

  @Test
  void lhlo_is_for_lmtp_only() {
    play(MX, "S: 220\nC: LHLO client.example.org\nS: 500 5.5.1");
  }

  @Test
  void a_sender_that_is_refused_leaves_no_transaction() {
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: MAIL FROM:<alice@example.net>
        D: 451 4.3.0 Ask again
        S: 451 4.3.0
        C: RCPT TO:<bob@example.net>
        S: 503
        """);
  }

  @Test
  void what_is_too_big_is_refused_before_and_after_it_came() {
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: MAIL FROM:<> SIZE=1001
        S: 552 5.3.4
        C: MAIL FROM:<> SIZE=99999999999999999999
        S: 552 5.3.4
        C: MAIL FROM:<> SIZE=1000
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 250
        C: DATA
        S: 354
        !: too big
        S: 552 5.3.4
        C: MAIL FROM:<>
        S: 250
        """);
  }

  @Test
  void parameters_that_are_not_offered_are_refused() {
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: MAIL FROM:<> MT-PRIORITY=3
        S: 555 5.5.4
        C: MAIL FROM:<> SIZE=x
        S: 501 5.5.4
        C: MAIL FROM:<> BODY=9BITMIME
        S: 501 5.5.4
        C: MAIL FROM:<> SIZE=1 SIZE=1
        S: 501 5.5.4
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<bob@example.net> RRVS=2014-04-03T23:01:00Z
        S: 555 5.5.4
        """);
  }

  @Test
  void one_recipient_too_many_is_told_to_come_later() {
    var script = new StringBuilder("S: 220\nC: EHLO x\nS: 250\nC: MAIL FROM:<>\nS: 250\n");
    for (int i = 0; i < 100; i++)
      script.append("C: RCPT TO:<u%d@example.net>\nS: 250\n".formatted(i));
    script.append("C: RCPT TO:<last@example.net>\nS: 452 4.5.3\nC: DATA\nS: 354\nC: .\n");
    script.append("Q: queued\nS: 250\n");
    var dialogue = play(MX, script.toString());
    assertEquals(
        100,
        dialogue.enqueued().getFirst().recipients().stream()
            .map(Recipient::address)
            .distinct()
            .count());
  }
}
