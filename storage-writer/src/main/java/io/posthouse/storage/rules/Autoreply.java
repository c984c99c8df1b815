package io.posthouse.storage.rules;

import java.time.Instant;
import java.util.Optional;

/// What a user who is away answers.
///
/// @param id as the directory writes it
/// @param start from when; empty: since ever
/// @param end until when; empty: for ever
/// @param name of the user, as the answer shows it; may be empty
/// @param subject empty: that of the message answered
/// @param text may be empty if `html` is not
/// @param html the same as a page; may be empty if `text` is not
public record Autoreply(
    String id,
    Optional<Instant> start,
    Optional<Instant> end,
    String name,
    String subject,
    String text,
    String html) {

  /// Whether it is to be sent at this moment.
  public boolean isActive(Instant now) {
    return !(text.isBlank() && html.isBlank())
        && start.stream().noneMatch(now::isBefore)
        && end.stream().allMatch(now::isBefore);
  }
}
