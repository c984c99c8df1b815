package io.posthouse.delivery.bounce;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import java.time.Instant;
import java.util.List;

/// All that a DSN says.
///
/// @param queueId of the DSN itself
/// @param host our name
/// @param to the sender of the message
record Notice(
    QueueId queueId,
    String host,
    MailAddress to,
    Envelope message,
    List<Failure> failures,
    Octets headers,
    Instant now) {
  Notice {
    failures = List.copyOf(failures);
    if (failures.isEmpty())
      throw new IllegalArgumentException("failures: none (expected: at least one)");
  }
}
