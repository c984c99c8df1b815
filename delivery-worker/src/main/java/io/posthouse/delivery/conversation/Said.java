package io.posthouse.delivery.conversation;

import io.posthouse.message.Recipient;
import io.posthouse.smtp.Reply;

/// The reply that decided about a recipient.
///
/// @param to what the host replied to: MAIL, RCPT, DATA or END
public record Said(Recipient recipient, Stage to, Reply reply) {}
