package io.posthouse.storage.intake;

import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Rules.Sequel;
import io.posthouse.telemetry.MailEvent;
import java.util.Optional;

/// A message that is to be stored, as its user wants to have it.
///
/// @param event tells what was decided
record Judged(
    Waiting message, Delivery delivery, Optional<MailEvent> event, Optional<Sequel> sequel) {}
