package io.posthouse.delivery.conversation;

import io.posthouse.message.Recipient;
import io.posthouse.smtp.Reply;

/// The reply that decided about a recipient.
///
/// @param to what the host replied to: MAIL, RCPT, DATA or END
/// @param notifies whether the host was told what the sender wants to be told, so that it is the
///   host's business from now on (RFC 3461 §5.2.1)
public record Said(Recipient recipient, Stage to, Reply reply, boolean notifies) {
  /// What a host said that has taken over nothing.
  public Said(Recipient recipient, Stage to, Reply reply) {
    this(recipient, to, reply, false);
  }
}
