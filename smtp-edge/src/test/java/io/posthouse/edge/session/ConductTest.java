package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.MX;
import static io.posthouse.edge.session.ListenerKind.SUBMISSIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What is beside the transaction: chat, impatience, TLS, a node that stops.
class ConductTest {
  @Test
  void the_small_commands_are_answered_in_any_state() {
    play(
        MX,
        """
        S: 220
        C: NOOP
        S: 250 2.0.0
        C: HELP
        S: 214
        C: VRFY bob
        S: 252
        C: EXPN staff
        S: 502 5.5.1
        C: XYZZY
        S: 500 5.5.2
        !: long line
        S: 500 5.5.2
        C: QUIT
        S: 221
        S: (closes)
        """);
  }

  @Test
  void a_client_that_errs_too_often_is_sent_away() {
    play(
        MX,
        """
        S: 220
        C: A
        S: 500
        C: B
        S: 500
        C: C
        S: 500
        C: D
        S: 500
        C: E
        S: 500
        C: F
        S: 500
        S: 421 4.7.0
        S: (closes)
        """);
  }

  @Test
  void a_client_that_only_chats_is_sent_away() {
    var script = "S: 220\n" + "C: NOOP\nS: 250\n".repeat(201) + "S: 421 4.7.0\nS: (closes)";
    play(MX, script);
  }

  @Test
  void a_browser_is_sent_away_at_once() {
    play(MX, "S: 220\nC: POST / HTTP/1.1\nS: 554\nS: (closes)");
  }

  @Test
  void a_silent_client_is_sent_away_with_a_reason() {
    play(MX, "S: 220\n!: silence\nS: 421 4.4.2\nS: (closes)\n!: silence");
  }

  @Test
  void no_room_in_memory_is_answered_instead_of_354() {
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
        M: full
        S: 452 4.3.1
        C: DATA
        S: 354
        C: .
        Q: queued
        S: 250
        """);
  }

  @Test
  void a_stop_ends_idle_sessions_at_once_and_others_after_their_message() {
    play(MX, "S: 220\n!: stop\nS: 421 4.3.2\nS: (closes)");
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<bob@example.net>
        !: stop
        D: yes
        S: 250
        C: DATA
        S: 354
        C: .
        Q: queued
        S: 250 2.0.0 Ok: queued as
        S: 421 4.3.2
        S: (closes)
        """);
  }

  @Test
  void starttls_forgets_what_was_said_in_the_clear() {
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250 mx.example.net / PIPELINING / 8BITMIME / BINARYMIME / CHUNKING / SMTPUTF8 / DSN / ENHANCEDSTATUSCODES / SIZE 1000 / LIMITS RCPTMAX=100 / STARTTLS
        C: STARTTLS
        S: 220 2.0.0
        C: MAIL FROM:<>
        S: 503
        C: EHLO client.example.org
        S: 250 mx.example.net
        C: STARTTLS
        S: 503
        C: MAIL FROM:<>
        S: 250
        """);
  }

  @Test
  void what_is_slipped_in_behind_starttls_ends_the_session() {
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        !: more behind STARTTLS
        S: 554 5.5.1
        S: (closes)
        """);
  }

  @Test
  void where_tls_does_not_start_anything_may_follow_starttls() {
    play(
        SUBMISSIONS,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        !: more behind STARTTLS
        S: 503 5.5.1
        C: NOOP
        S: 250
        """);
  }

  @Test
  void whoever_speaks_before_the_greeting_gets_none() {
    var session = new Session(Dialogue.rules(MX), Origins.PLAIN);
    var refused =
        assertInstanceOf(Effect.Refuse.class, session.hear(new Input.SpokeFirst()).getFirst());
    assertEquals(Refusals.SPOKE_FIRST, refused.refusal());
    assertTrue(session.hear(new Input.Opened()).isEmpty());
  }

  @Test
  void after_the_greeting_nobody_speaks_first() {
    var session = new Session(Dialogue.rules(MX), Origins.PLAIN);
    session.hear(new Input.Opened());
    assertTrue(session.hear(new Input.SpokeFirst()).isEmpty());
    assertTrue(session.hear(new Input.Opened()).isEmpty());
  }

  @Test
  void an_answer_that_comes_too_late_says_nothing() {
    var session = new Session(Dialogue.rules(MX), Origins.PLAIN);
    session.hear(new Input.TimedOut("over"));
    assertTrue(session.hear(new Input.Queued(Dialogue.QUEUE_ID)).isEmpty());
    assertTrue(session.hear(new Input.ContentEnded()).isEmpty());
    assertTrue(session.hear(new Input.Stop()).isEmpty());
  }
}
