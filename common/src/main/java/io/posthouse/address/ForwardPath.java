package io.posthouse.address;

import java.util.Optional;

/// The argument of RCPT: for whom a message is (RFC 5321 §4.1.1.3).
public sealed interface ForwardPath {
  /// The address, where one was given.
  default Optional<MailAddress> recipient() {
    return switch (this) {
      case Mailbox(var address) -> Optional.of(address);
      case Postmaster _ -> Optional.empty();
    };
  }

  record Mailbox(MailAddress address) implements ForwardPath {
    @Override
    public String toString() {
      return "<" + address + ">";
    }
  }

  /// `<postmaster>` without a domain, which every host must accept (RFC 5321 §4.5.1).
  record Postmaster() implements ForwardPath {
    @Override
    public String toString() {
      return "<postmaster>";
    }
  }
}
