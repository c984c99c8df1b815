package io.posthouse.edge.session;

import io.posthouse.message.Recipient;
import io.posthouse.smtp.Reply;

/// May mail go to this forward-path?
public sealed interface RecipientVerdict {
  record Accepted(Recipient recipient) implements RecipientVerdict {}

  record Refused(Reply reply) implements RecipientVerdict {}
}
