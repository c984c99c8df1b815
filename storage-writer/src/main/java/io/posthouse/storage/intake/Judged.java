package io.posthouse.storage.intake;

import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Rules.Sequel;
import java.util.Optional;

/// A message that is to be stored, as its user wants to have it.
record Judged(Waiting message, Delivery delivery, Optional<Sequel> sequel) {}
