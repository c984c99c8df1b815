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
    ///
    /// @param perMinute the user's own limit to how many messages it gets in a minute; 0: none of
    ///   its own
    record LocalUser(UserId user, long perMinute) implements Resolution {
      public LocalUser {
        if (perMinute < 0)
          throw new IllegalArgumentException(
              "messages a minute: " + perMinute + " (expected: 0 or more)");
      }

      /// A user without a limit of its own.
      public LocalUser(UserId user) {
        this(user, 0);
      }
    }

    /// The address is ours and no user's: its mail goes on to other addresses.
    ///
    /// @param targets to how many
    /// @param perDay how many copies may go on in a day
    record Forwarded(AddressId address, int targets, long perDay) implements Resolution {
      public Forwarded {
        if (targets < 1)
          throw new IllegalArgumentException("targets: " + targets + " (expected: 1 or more)");
        if (perDay < 1)
          throw new IllegalArgumentException("copies a day: " + perDay + " (expected: 1 or more)");
      }
    }

    /// The address is forwarded, and just now it is not: 550 5.2.1.
    record Closed(AddressId address) implements Resolution {}

    /// The domain is ours, the address is not: 550 5.1.1.
    record NoSuchUser() implements Resolution {}

    /// The user is ours and may not receive: 550 5.2.1.
    record Disabled(UserId user) implements Resolution {}

    /// The user's quota is used up: 452 4.2.2, or 552 5.2.2.
    record OverQuota(UserId user) implements Resolution {}

    /// Not a domain of ours.
    record NotLocal() implements Resolution {}

    /// The directory cannot be asked: says nothing about the address, so 451 4.3.0.
    record Unavailable(String why) implements Resolution {}
  }
}
