package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.LMTP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// RFC 2033.
class LmtpTest {
  /// RFC 2033 §5; here either all recipients have the message or none has.
  @Test
  void each_recipient_that_was_accepted_has_an_answer_of_its_own() {
    var dialogue =
        play(
            LMTP,
            """
            S: 220 mx.example.net LMTP
            C: LHLO foo.edu
            S: 250 mx.example.net / PIPELINING
            C: MAIL FROM:<chris@bar.com>
            S: 250 2.1.0
            C: RCPT TO:<pat@foo.edu>
            S: 250 2.1.5
            C: RCPT TO:<jones@foo.edu>
            D: 550 5.1.1 No such user here
            S: 550 5.1.1 No such user here
            C: RCPT TO:<green@foo.edu>
            S: 250 2.1.5
            C: DATA
            S: 354
            C: Blah blah blah...
            C: .
            Q: queued
            S: 250 2.0.0 Ok: queued
            S: 250 2.0.0 Ok: queued
            C: QUIT
            S: 221 2.0.0
            S: (closes)
            """);
    assertEquals(2, dialogue.enqueued().getFirst().recipients().size());
  }

  /// The client counts replies by the RCPTs it sent, so naming one twice is answered twice.
  @Test
  void a_recipient_named_twice_is_answered_twice_and_delivered_to_once() {
    var dialogue =
        play(
            LMTP,
            """
            S: 220
            C: LHLO foo.edu
            S: 250
            C: MAIL FROM:<>
            S: 250
            C: RCPT TO:<pat@foo.edu>
            S: 250
            C: RCPT TO:<pat@foo.edu>
            S: 250
            C: DATA
            S: 354
            C: .
            Q: refused
            S: 451 4.3.0
            S: 451 4.3.0
            C: MAIL FROM:<>
            S: 250
            C: RCPT TO:<pat@foo.edu>
            S: 250
            C: RCPT TO:<pat@foo.edu>
            S: 250
            C: DATA
            S: 354
            C: .
            Q: queued
            S: 250 2.0.0
            S: 250 2.0.0
            """);
    assertEquals(1, dialogue.enqueued().getFirst().recipients().size());
  }

  /// RFC 2033 §4.1, §4.2.
  @Test
  void lhlo_is_the_only_greeting_and_data_for_nobody_is_503() {
    play(
        LMTP,
        """
        S: 220
        C: EHLO foo.edu
        S: 500 5.5.1
        C: HELO foo.edu
        S: 500 5.5.1
        C: MAIL FROM:<>
        S: 503 5.5.1
        C: LHLO foo.edu
        S: 250
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<nobody@foo.edu>
        D: 550 5.1.1 No such user here
        S: 550 5.1.1
        C: DATA
        S: 503 5.5.1 No valid recipients
        """);
  }
}
