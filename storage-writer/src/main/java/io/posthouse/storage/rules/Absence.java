package io.posthouse.storage.rules;

import io.posthouse.address.MailAddress;
import java.util.List;

/// How a user who is away answers.
///
/// @param address the user's own, which answers come from
/// @param addresses all of the user's: who writes to none of them gets no answer
public record Absence(MailAddress address, List<MailAddress> addresses, Autoreply autoreply) {
  public Absence {
    addresses = List.copyOf(addresses);
  }
}
