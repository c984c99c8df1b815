package io.posthouse.telemetry;

import io.posthouse.address.MailAddress;
import io.posthouse.smtp.Reply;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a check had to say of a message that was taken.
///
/// @param check its name, as in a refusal; from us or from the settings, never from a client
/// @param to the recipient it was about; empty where it was about the message, or about them all
/// @param objection what it would have said no with, if it did more than observe; empty where it
///   had nothing against it
public record Checked(String check, Optional<MailAddress> to, Optional<Reply> objection) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

  public Checked {
    requireName(check);
    objection
        .filter(reply -> !reply.isNegative())
        .ifPresent(reply -> {
          throw new IllegalArgumentException(
              "objection: " + reply + " (expected: a negative reply)");
        });
  }

  /// It had nothing against it.
  public static Checked passed(String check) {
    return new Checked(check, Optional.empty(), Optional.empty());
  }

  /// It was against it, and only observes.
  public static Checked observed(String check, Reply objection) {
    return new Checked(check, Optional.empty(), Optional.of(objection));
  }

  /// The same about one recipient.
  public Checked of(MailAddress recipient) {
    return new Checked(check, Optional.of(recipient), objection);
  }

  static void requireName(String check) {
    if (!NAME.matcher(check).matches())
      throw new IllegalArgumentException("check: " + check + " (expected: a short word)");
  }

  /// Such as `size=pass`, `relay=pass carol@example.org`, `ownership=observe:553 5.7.1`.
  @Override
  public String toString() {
    return check
        + objection.map(reply -> "=observe:" + codes(reply)).orElse("=pass")
        + to.map(recipient -> " " + recipient).orElse("");
  }

  /// The text says no more than the name of the check does.
  private static String codes(Reply reply) {
    return reply.code() + reply.status().map(status -> " " + status).orElse("");
  }
}
