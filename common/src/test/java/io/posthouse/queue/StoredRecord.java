package io.posthouse.queue;

import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.RecordPosition;

/// A record as a topic holds it.
public record StoredRecord(RecordPosition position, String key, Octets value) {
  /// The envelope in it.
  public Envelope envelope() {
    try {
      return EnvelopeCodec.decode(value.toArray());
    } catch (MalformedRecord e) {
      throw new AssertionError(position + " holds no envelope", e);
    }
  }
}
