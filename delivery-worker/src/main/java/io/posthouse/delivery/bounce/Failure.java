package io.posthouse.delivery.bounce;

import io.posthouse.message.Recipient;
import io.posthouse.outcome.Evidence;
import java.time.Instant;

/// A recipient that does not get the message.
///
/// @param expired it might have worked yet, but its time is over
public record Failure(
    Recipient recipient, Evidence evidence, boolean expired, Instant lastAttempt) {
  /// Whether the sender wants to hear of it (RFC 3461 §4.1).
  public boolean isWanted() {
    return recipient.notifyOn().isEmpty()
        || recipient.notifyOn().contains(Recipient.Notify.FAILURE);
  }
}
