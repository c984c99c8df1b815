package io.posthouse.ops.queue;

import io.posthouse.message.Attempt;
import io.posthouse.message.Envelope;
import io.posthouse.ops.cli.Spell;
import io.posthouse.queue.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Why a message is where it is, in a sentence.
final class Standing {
  private Standing() {}

  static String of(Found found, Optional<InHand> inHand, Instant now) {
    return switch (found) {
      case Found.Owed owed -> of(owed, inHand, now);
      case Found.Dead dead -> "we could not handle it: " + dead.reason();
      case Found.Unreadable no -> "nobody can read it: " + no.reason();
    };
  }

  private static String of(Found.Owed owed, Optional<InHand> inHand, Instant now) {
    var since = "since " + Spell.of(Duration.between(owed.written(), now));
    return switch (owed.place()) {
      case FIRST -> "on its first way " + since + ": " + atWorker(inHand, now);
      case SPLIT -> "for several destinations: waits to be fanned out " + since;
      case DUE -> due(owed.envelope()) + " " + since + ": " + atWorker(inHand, now);
      case DEFERRED -> deferred(owed.envelope(), now);
      case HELD -> "an operator holds it " + since;
      case DEAD -> "we could not handle it";
    };
  }

  private static String atWorker(Optional<InHand> inHand, Instant now) {
    return inHand
        .map(here -> here.text(now))
        .orElse("waits for a worker, as no node says that it has it in hand");
  }

  private static String due(Envelope envelope) {
    return envelope.attemptCount() == 0 ? "handed over" : "due again";
  }

  private static String deferred(Envelope envelope, Instant now) {
    var next = envelope.due().map(due -> next(due, now)).orElse("the next attempt comes");
    return last(envelope)
        .map(last -> "attempt " + envelope.attemptCount() + " ended with: " + last.said())
        .orElse("nobody could begin with it: its site was busy or left alone")
        .concat("; " + next);
  }

  private static String next(Instant due, Instant now) {
    return due.isAfter(now)
        ? "the next is " + Spell.until(due, now)
        : "the next has been due for "
            + Spell.of(Duration.between(due, now))
            + ": the mover is behind";
  }

  static Optional<Attempt> last(Envelope envelope) {
    return envelope.attempts().isEmpty()
        ? Optional.empty()
        : Optional.of(envelope.attempts().getLast());
  }
}
