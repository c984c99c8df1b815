package io.posthouse.edge.session;

import io.posthouse.message.Recipient;

/// May mail go to this forward-path?
public sealed interface RecipientVerdict {
  record Accepted(Recipient recipient) implements RecipientVerdict {}

  record Refused(Refusal refusal) implements RecipientVerdict {}
}
