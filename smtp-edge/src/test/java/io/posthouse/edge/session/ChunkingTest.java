package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.LMTP;
import static io.posthouse.edge.session.ListenerKind.MX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.MailParameters.Body;
import org.junit.jupiter.api.Test;

/// RFC 3030. The listener takes messages of up to 1000 octets.
class ChunkingTest {
  private static final String MAIL =
      """
      S: 220
      C: EHLO client.example.org
      S: 250
      C: MAIL FROM:<alice@example.org>
      S: 250
      C: RCPT TO:<bob@example.net>
      S: 250
      """;

  /// RFC 3030 §4.1.
  @Test
  void a_message_comes_in_one_chunk() {
    var dialogue =
        play(
            MX,
            """
            S: 220
            C: EHLO ymir.claremont.edu
            S: 250 mx.example.net / PIPELINING / 8BITMIME / BINARYMIME / CHUNKING
            C: MAIL FROM:<ned@ymir.claremont.edu>
            S: 250 2.1.0
            C: RCPT TO:<mrose@dbc.mtview.ca.us>
            S: 250 2.1.5
            C: BDAT 86 LAST
            Q: queued
            S: 250 2.0.0 Ok: queued as 0123456789abcde
            C: QUIT
            S: 221
            """);
    assertEquals(1, dialogue.enqueued().size());
  }

  /// RFC 3030 §4.2, with the sizes cut to what this listener takes.
  @Test
  void a_binary_message_comes_in_chunks_and_an_empty_one_may_be_the_last() {
    var dialogue =
        play(
            MX,
            """
            S: 220
            C: EHLO ymir.claremont.edu
            S: 250
            C: MAIL FROM:<ned@ymir.claremont.edu> BODY=BINARYMIME
            S: 250
            C: RCPT TO:<gvaudre@cnri.reston.va.us>
            S: 250
            C: RCPT TO:<jstewart@cnri.reston.va.us>
            S: 250
            C: BDAT 600
            S: 250 2.0.0
            C: BDAT 324
            S: 250 2.0.0
            C: BDAT 0 LAST
            Q: queued
            S: 250 2.0.0 Ok: queued
            """);
    assertEquals(Body.BINARY_MIME, dialogue.enqueued().getFirst().parameters().body());
  }

  @Test
  void a_chunk_out_of_turn_is_swallowed_and_refused() {
    play(
        MX,
        """
        S: 220
        C: BDAT 10 LAST
        S: 503 5.5.1
        C: EHLO client.example.org
        S: 250
        C: BDAT 10
        S: 503 5.5.1
        C: MAIL FROM:<alice@example.org>
        S: 250
        """);
  }

  @Test
  void chunks_for_nobody_are_refused_up_to_the_last() {
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
        S: 550 5.1.1
        C: BDAT 10
        S: 554 5.5.1 No valid recipients
        C: RCPT TO:<bob@example.net>
        S: 503 5.5.1
        C: BDAT 10 LAST
        S: 554 5.5.1 No valid recipients
        C: MAIL FROM:<alice@example.org>
        S: 250
        """);
  }

  @Test
  void what_follows_the_last_chunk_is_another_message() {
    play(
        MX,
        MAIL
            + """
            C: BDAT 10 LAST
            Q: queued
            S: 250 2.0.0
            C: BDAT 10 LAST
            S: 503 5.5.1
            C: MAIL FROM:<alice@example.org>
            S: 250
            """);
  }

  @Test
  void between_chunks_only_what_belongs_there_is_taken() {
    var dialogue =
        play(
            MX,
            MAIL
                + """
                C: BDAT 10
                S: 250 2.0.0
                C: DATA
                S: 503 5.5.1
                C: MAIL FROM:<carol@example.org>
                S: 503 5.5.1
                C: RCPT TO:<carol@example.net>
                S: 503 5.5.1
                C: STARTTLS
                S: 503 5.5.1
                C: NOOP
                S: 250 2.0.0
                C: BDAT 10 LAST
                Q: queued
                S: 250 2.0.0
                """);
    assertEquals(1, dialogue.enqueued().getFirst().recipients().size());
  }

  @Test
  void rset_and_ehlo_between_chunks_give_the_message_up() {
    var dialogue =
        play(
            MX,
            MAIL
                + """
                C: BDAT 10
                S: 250 2.0.0
                C: RSET
                S: 250 2.0.0
                C: BDAT 10 LAST
                S: 503 5.5.1
                C: MAIL FROM:<alice@example.org>
                S: 250
                C: RCPT TO:<bob@example.net>
                S: 250
                C: BDAT 10
                S: 250 2.0.0
                C: EHLO client.example.org
                S: 250
                C: BDAT 10 LAST
                S: 503 5.5.1
                """);
    assertEquals(0, dialogue.enqueued().size());
  }

  @Test
  void binary_content_cannot_come_by_data() {
    play(
        MX,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: MAIL FROM:<> BODY=BINARYMIME
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 250
        C: DATA
        S: 503 5.5.1
        C: BDAT 10 LAST
        Q: queued
        S: 250 2.0.0
        """);
  }

  @Test
  void a_message_that_becomes_too_big_is_refused_with_all_its_chunks() {
    var dialogue =
        play(
            MX,
            MAIL
                + """
                C: BDAT 600
                S: 250 2.0.0
                C: BDAT 401
                S: 552 5.3.4
                C: BDAT 10
                S: 552 5.3.4
                C: BDAT 0 LAST
                S: 552 5.3.4
                C: MAIL FROM:<alice@example.org>
                S: 250
                """);
    assertEquals(0, dialogue.enqueued().size());
  }

  @Test
  void a_message_of_just_the_size_is_taken() {
    play(MX, MAIL + "C: BDAT 600\nS: 250\nC: BDAT 400 LAST\nQ: queued\nS: 250 2.0.0");
  }

  @Test
  void text_with_a_bare_newline_is_refused_with_all_its_chunks() {
    play(
        MX,
        MAIL
            + """
            C: BDAT 10
            !: bare newline
            S: 550 5.5.2
            C: BDAT 10 LAST
            S: 550 5.5.2
            C: RSET
            S: 250
            """);
  }

  @Test
  void full_memory_and_a_refusing_queue_are_no_error_of_the_client() {
    play(
        MX,
        MAIL
            + """
            C: BDAT 10
            M: full
            S: 452 4.3.1
            C: BDAT 10 LAST
            S: 452 4.3.1
            C: MAIL FROM:<alice@example.org>
            S: 250
            C: RCPT TO:<bob@example.net>
            S: 250
            C: BDAT 10 LAST
            Q: refused
            S: 451 4.3.0
            """);
  }

  @Test
  void after_a_broken_bdat_nobody_knows_where_commands_begin() {
    play(MX, MAIL + "C: BDAT many\nS: 501 5.5.4\nS: (closes)");
  }

  @Test
  void a_chunk_beyond_all_measure_is_not_waited_for() {
    play(MX, MAIL + "C: BDAT 999999999999999999 LAST\nS: 552 5.3.4\nS: (closes)");
    play(MX, "S: 220\nC: BDAT 99999999999 LAST\nS: 552 5.3.4\nS: (closes)");
  }

  @Test
  void refused_chunks_are_not_swallowed_for_ever() {
    play(
        MX,
        MAIL
            + """
            C: BDAT 10
            M: full
            S: 452 4.3.1
            C: BDAT 10000000
            S: 452 4.3.1
            C: BDAT 10000000
            S: 452 4.3.1
            S: (closes)
            """);
  }

  @Test
  void long_content_may_come_in_more_chunks_than_we_bear_commands() {
    var rules =
        new SessionRules(
            MX,
            "mx.example.net",
            TlsOffer.OFFERED,
            1_000_000,
            100,
            Dialogue.PATIENCE,
            Dialogue.rules(MX).login());
    var chunks = "C: BDAT 1024\nS: 250\n".repeat(500);
    play(rules, MAIL + chunks + "C: BDAT 0 LAST\nQ: queued\nS: 250 2.0.0");
    play(rules, MAIL + "C: BDAT 1\nS: 250\n".repeat(197) + "C: BDAT 1\nS: 421 4.7.0");
  }

  @Test
  void lmtp_answers_for_each_recipient_after_the_last_chunk_only() {
    play(
        LMTP,
        """
        S: 220
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
        C: BDAT 10
        S: 250 2.0.0
        C: BDAT 0 LAST
        Q: queued
        S: 250 2.0.0 Ok: queued
        S: 250 2.0.0 Ok: queued
        C: MAIL FROM:<>
        S: 250
        C: BDAT 10 LAST
        S: 503 5.5.1 No valid recipients
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 250
        C: RCPT TO:<carol@example.net>
        S: 250
        C: BDAT 1001
        S: 552 5.3.4
        C: BDAT 10 LAST
        S: 552 5.3.4
        S: 552 5.3.4
        """);
  }
}
