package io.posthouse.edge.session;

import io.posthouse.config.Settings;
import java.time.Duration;

/// How much a session bears before it becomes slow, and before it ends.
///
/// @param errors 5xx replies before we hang up; counted anew after each message taken
/// @param commands before we hang up, counted likewise
/// @param unknownRecipients recipients refused for good in all before we hang up on a client that
///   has more refused than accepted: it guesses addresses
/// @param freeErrors how many errors of `errors` are answered at once
/// @param delay by which each error after those is answered later than the one before
public record Patience(
    int errors, int commands, int unknownRecipients, int freeErrors, Duration delay) {
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  /// Reads the section `edge.limits`, as far as it is about this.
  public static Patience read(Settings in) {
    return new Patience(
        in.about("permanent refusals before we hang up, counted anew after each message")
            .integer("errors", 1, 100_000, 50),
        in.about("commands before we hang up, counted anew after each message")
            .integer("commands", 200, 1_000_000, 5000),
        in.about("recipients refused before we hang up, if fewer were accepted")
            .integer("unknown_recipients", 1, 100_000, 25),
        in.about("errors that are answered at once").integer("free_errors", 0, 100_000, 20),
        in.about("by which each error after those is answered later than the one before; 0: not")
            .duration("error_delay", Duration.ZERO, LONGEST_DELAY, Duration.ofSeconds(1)));
  }

  /// How long the reply to an error is held back, if it is the n-th; never long enough for a client
  /// to give us up (RFC 5321 §4.5.3.2).
  Duration delayOf(int error) {
    var late = Math.max(0, error - freeErrors);
    var wanted = delay.multipliedBy(late);
    return wanted.compareTo(LONGEST_DELAY) < 0 ? wanted : LONGEST_DELAY;
  }
}
