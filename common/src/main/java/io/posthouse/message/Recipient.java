package io.posthouse.message;

import io.posthouse.address.MailAddress;
import java.util.Optional;
import java.util.Set;

/// One forward-path of an envelope, with what its sender wants to be told (RFC 3461).
///
/// @param notifyOn empty where the sender did not say, which means failure and perhaps delay
/// @param originalRecipient ORCPT as it was given, still xtext: `rfc822;Bob@example.net`
public record Recipient(
    MailAddress address,
    Destination destination,
    Set<Notify> notifyOn,
    Optional<String> originalRecipient) {
  public Recipient {
    notifyOn = Set.copyOf(notifyOn);
  }

  /// A recipient without DSN parameters.
  public Recipient(MailAddress address, Destination destination) {
    this(address, destination, Set.of(), Optional.empty());
  }

  /// RFC 3461 §4.1. `NEVER` stands alone.
  public enum Notify {
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
  }
}
