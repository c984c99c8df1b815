package io.posthouse.storage.rules;

import io.posthouse.storage.mailbox.Placement.Target;
import java.util.List;
import java.util.Optional;

/// Where the mail of an address goes that no user has.
///
/// @param forwardsPerDay most of them
/// @param disabled nothing is forwarded
/// @param autoreply how it answers, if at all
public record AddressRules(
    List<Target> targets, long forwardsPerDay, boolean disabled, Optional<Autoreply> autoreply) {
  public AddressRules {
    targets = List.copyOf(targets);
  }
}
