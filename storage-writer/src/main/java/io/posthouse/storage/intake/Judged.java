package io.posthouse.storage.intake;

import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Rules.Sequel;
import io.posthouse.telemetry.MailEvent;
import java.util.List;
import java.util.Optional;

/// A message that is to be stored, as its user wants to have it.
///
/// @param events tell what was decided
record Judged(Waiting message, Delivery delivery, List<MailEvent> events, Optional<Sequel> sequel) {
  Judged {
    events = List.copyOf(events);
  }
}
