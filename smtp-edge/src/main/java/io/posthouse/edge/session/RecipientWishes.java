package io.posthouse.edge.session;

import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import java.util.Optional;
import java.util.Set;

/// What a sender wants to be told of a recipient (RFC 3461).
///
/// @param notifyOn empty where it was not said
/// @param originalRecipient ORCPT as it was given
public record RecipientWishes(Set<Notify> notifyOn, Optional<String> originalRecipient) {
  static final RecipientWishes NONE = new RecipientWishes(Set.of(), Optional.empty());

  public RecipientWishes {
    notifyOn = Set.copyOf(notifyOn);
  }

  Recipient of(Recipient recipient) {
    return new Recipient(recipient.address(), recipient.destination(), notifyOn, originalRecipient);
  }
}
