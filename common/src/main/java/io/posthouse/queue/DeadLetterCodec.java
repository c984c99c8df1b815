package io.posthouse.queue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.posthouse.message.Octets;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.record.DeadLetterRecord;
import io.posthouse.queue.record.PositionRecord;
import java.time.Instant;
import java.util.Optional;

/// Dead letters as they are read from their topic.
public final class DeadLetterCodec {
  private DeadLetterCodec() {}

  /// The letter in a record, whatever the record holds: nobody buries a dead letter once more.
  ///
  /// @param written when the record was, which stands in for what cannot be read
  public static DeadLetter decode(RecordPosition at, Instant written, byte[] value) {
    try {
      return parse(at, value);
    } catch (MalformedRecord notOurs) {
      var reason = "not a dead letter: " + notOurs.getMessage();
      return new DeadLetter(at, written, "", reason, Octets.of(value), Optional.empty());
    }
  }

  /// The letter in a record that holds one.
  public static DeadLetter parse(RecordPosition at, byte[] value) throws MalformedRecord {
    try {
      return letter(at, DeadLetterRecord.parseFrom(value));
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      throw new MalformedRecord(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static DeadLetter letter(RecordPosition at, DeadLetterRecord record) {
    return new DeadLetter(
        at,
        Instant.ofEpochMilli(record.getAt()),
        record.getNode(),
        record.getReason(),
        Octets.of(record.getOriginal().toByteArray()),
        record.hasOrigin() ? Optional.of(position(record.getOrigin())) : Optional.empty());
  }

  private static RecordPosition position(PositionRecord origin) {
    return new RecordPosition(origin.getTopic(), origin.getPartition(), origin.getOffset());
  }
}
