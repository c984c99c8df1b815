package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.MX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a session becomes slow, and ends, with a client that errs or guesses. Five errors are borne,
/// two of them answered at once, and four unknown recipients.
class PatienceTest {
  private static final String HELLO = "S: 220\nC: EHLO client.example.org\nS: 250\n";
  private static final String GUESS = "C: RCPT TO:<guess@example.net>\nD: 550 5.1.1 No\nS: 550\n";
  private static final String KNOWN = "C: RCPT TO:<bob@example.net>\nS: 250\n";
  private static final String MAIL = "C: MAIL FROM:<>\nS: 250\n";
  private static final String CONTENT = "C: DATA\nS: 354\nC: .\nQ: queued\nS: 250\n";

  private static List<Duration> delays(String script) {
    return play(MX, script).hesitated();
  }

  @Test
  void errors_after_the_first_few_are_answered_more_and_more_slowly() {
    assertEquals(List.of(), delays(HELLO + "C: A\nS: 500\nC: B\nS: 500\nC: NOOP\nS: 250"));
    assertEquals(
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
        delays(HELLO + "C: A\nS: 500\n".repeat(4) + "C: NOOP\nS: 250"));
  }

  @Test
  void a_message_makes_up_for_errors() {
    var errors = "C: A\nS: 500\n".repeat(2);
    assertEquals(List.of(), delays(HELLO + errors + MAIL + KNOWN + CONTENT + errors));
  }

  @Test
  void no_reply_is_held_back_for_long() {
    var patience = new Patience(1000, 200, 4, 2, Duration.ofSeconds(3));
    assertEquals(Duration.ZERO, patience.delayOf(2));
    assertEquals(Duration.ofSeconds(3), patience.delayOf(3));
    assertEquals(Duration.ofSeconds(10), patience.delayOf(900));
  }

  @Test
  void whoever_guesses_recipients_is_sent_away() {
    play(MX, HELLO + MAIL + GUESS.repeat(4) + "S: 421 4.7.0\nS: (closes)");
  }

  @Test
  void a_message_in_between_does_not_hide_guesses() {
    var begin = HELLO + MAIL + GUESS.repeat(3) + KNOWN + CONTENT + MAIL;
    play(MX, begin + GUESS + "S: 421 4.7.0\nS: (closes)");
  }

  @Test
  void a_list_with_a_few_stale_addresses_is_no_guess() {
    var begin = HELLO + MAIL + GUESS.repeat(3) + KNOWN.repeat(5) + CONTENT + MAIL;
    play(MX, begin + GUESS.repeat(2) + KNOWN + CONTENT + "C: QUIT\nS: 221\nS: (closes)");
  }

  @Test
  void what_we_cannot_tell_now_is_no_error() {
    var trouble = "C: RCPT TO:<bob@example.net>\nD: 451 4.3.0 Later\nS: 451\n";
    assertEquals(List.of(), delays(HELLO + MAIL + trouble.repeat(20) + KNOWN + CONTENT));
  }
}
