package io.posthouse.storage.rules;

import io.posthouse.storage.mailbox.Placement.Target;
import java.util.List;

/// Where the mail of an address goes that no user has.
///
/// @param forwardsPerDay most of them
/// @param disabled nothing is forwarded
public record AddressRules(List<Target> targets, long forwardsPerDay, boolean disabled) {
  public AddressRules {
    targets = List.copyOf(targets);
  }
}
