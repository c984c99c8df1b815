package io.posthouse.directory;

import io.posthouse.address.MailAddress;
import java.util.Optional;

/// Who has a mailbox here. Asked for every recipient; blocks, so ask on a virtual thread.
public interface Directory {
  /// What the directory knows of an address now, or recently: answers may be as old as the cache
  /// allows.
  Resolution resolve(MailAddress address);

  /// The answer of [#resolve], where it needs no waiting; empty where it would. Safe on an event
  /// loop.
  default Optional<Resolution> remembered(MailAddress address) {
    return Optional.empty();
  }

  sealed interface Resolution {
    /// A user of ours takes mail for this address.
    record LocalUser(UserId user) implements Resolution {}

    /// The address is ours and no user's: its mail goes on to other addresses.
    record Forwarded(AddressId address) implements Resolution {}

    /// The domain is ours, the address is not: 550 5.1.1.
    record NoSuchUser() implements Resolution {}

    /// The user is ours and may not receive: 550 5.2.1.
    record Disabled(UserId user) implements Resolution {}

    /// The user's quota is used up: 452 4.2.2, so that the sender's host holds the mail for a
    /// while.
    record OverQuota(UserId user) implements Resolution {}

    /// Not a domain of ours.
    record NotLocal() implements Resolution {}

    /// The directory cannot be asked: says nothing about the address, so 451 4.3.0.
    record Unavailable(String why) implements Resolution {}
  }
}
