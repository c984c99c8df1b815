package io.posthouse.queue;

import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.RecordPosition;
import java.time.Instant;
import java.util.Optional;

/// What we could not handle, as it lies in `dead`.
///
/// @param at where it lies there
/// @param buried when it was put there
/// @param node who put it there; empty where that cannot be read
/// @param original the record as it was
/// @param origin where that was; empty where only its message is known
public record DeadLetter(
    RecordPosition at,
    Instant buried,
    String node,
    String reason,
    Octets original,
    Optional<RecordPosition> origin) {

  /// The message it was.
  ///
  /// @throws MalformedRecord if that cannot be read, as it could not be when it was buried
  public Envelope envelope() throws MalformedRecord {
    return EnvelopeCodec.decode(original.toArray());
  }

  /// What an operator calls it: `PARTITION@OFFSET`.
  public String id() {
    return at.partition() + "@" + at.offset();
  }
}
