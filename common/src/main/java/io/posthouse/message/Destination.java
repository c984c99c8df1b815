package io.posthouse.message;

import io.posthouse.address.Domain;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;

/// Where a recipient's copy goes, decided once, when we accept the message.
public sealed interface Destination {
  /// Into the mailbox of one of our users, whichever of the user's addresses was named.
  record Local(UserId user) implements Destination {}

  /// To the targets of an address of ours that no user has; which they are is looked up when the
  /// message gets there.
  record Forwarded(AddressId address) implements Destination {}

  /// To the MX hosts of a domain.
  record Remote(Domain domain) implements Destination {}
}
