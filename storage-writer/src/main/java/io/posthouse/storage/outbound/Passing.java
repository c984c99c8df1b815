package io.posthouse.storage.outbound;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.rules.Mail;
import java.util.List;

/// A message on its way through one of our addresses.
///
/// @param at the address that it came to
/// @param sent the message as it came, with our trace
/// @param mail the same as rules look at it, taken apart once for all its targets
public record Passing(Envelope envelope, MailAddress at, Octets sent, Mail mail) {
  /// More hosts than that were never needed to deliver a message (RFC 5321 §6.3 asks for 100).
  private static final int MOST_HOPS = 100;

  public Passing(Envelope envelope, MailAddress at, Octets sent) {
    this(envelope, at, sent, Mail.of(sent));
  }

  /// A message that comes to a user.
  public static Passing of(Delivery delivery) {
    return new Passing(delivery.envelope(), delivery.address(), delivery.sent());
  }

  /// Whether it has been to this address of ours before, or to where it would go, or just goes
  /// round.
  boolean loops(MailAddress target) {
    return target.equals(at)
        || mail.header().all().getOrDefault("received", List.of()).size() > MOST_HOPS
        || mail.addresses("delivered-to").stream().anyMatch(a -> a.equals(at) || a.equals(target));
  }

  /// Without our trace.
  Octets content() {
    var trace = envelope.trace().length();
    return Octets.of(sent.toArray(), trace, sent.length() - trace);
  }
}
