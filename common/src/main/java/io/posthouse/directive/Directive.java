package io.posthouse.directive;

import io.posthouse.queue.QueueFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an operator has ordered. It is never changed; another one may undo it.
///
/// @param at it touches messages that arrived up to here, wherever they are now
/// @param until and those that arrive up to here, as workers meet them: one who has not heard of it
///   yet, a moment after it was given, lets pass what it meets
/// @param reason for the senders of what is bounced, and for whoever asks later; may be empty
public record Directive(
    String id,
    Act act,
    QueueFilter filter,
    Instant at,
    Optional<Instant> until,
    String reason,
    String operator) {
  private static final Pattern ID = Pattern.compile("[a-z]{1,20}-[0-9a-z]{1,40}");

  public Directive {
    if (!isId(id))
      throw new IllegalArgumentException("directive: " + id + " (expected: such as hold-0gm3w1v7)");
    if (until.isPresent() && !act.mayWait())
      throw new IllegalArgumentException(
          act.kind().word() + " until " + until.get() + " (expected: of what is there now)");
    if (until.filter(at::isAfter).isPresent())
      throw new IllegalArgumentException("until: " + until.get() + " (expected: after " + at + ")");
  }

  /// What it is about, in an operator's words: which messages, and where they are sent.
  public String about() {
    return switch (act) {
      case Act.Undo(var undone) -> undone;
      case Act.Reroute(var to) -> filter.text() + " to " + to;
      case Act.Hold(), Act.Release(), Act.Flush(), Act.Bounce(), Act.Drop() -> filter.text();
    };
  }

  /// Whether a directive may be called so.
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}
