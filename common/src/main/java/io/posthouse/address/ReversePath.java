package io.posthouse.address;

import java.util.Optional;

/// The argument of MAIL: whom to tell if the message cannot be delivered (RFC 5321 §4.1.1.2).
public sealed interface ReversePath {
  /// `<>`: nobody. Never answered with another message (RFC 5321 §4.5.5).
  record Null() implements ReversePath {
    @Override
    public String toString() {
      return "<>";
    }
  }

  record Sender(MailAddress address) implements ReversePath {
    @Override
    public String toString() {
      return "<" + address + ">";
    }
  }

  /// The address behind the path; empty for the null reverse-path.
  default Optional<MailAddress> sender() {
    return switch (this) {
      case Null _ -> Optional.empty();
      case Sender(var address) -> Optional.of(address);
    };
  }
}
