package io.posthouse.queue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Orders;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.SiteName;
import io.posthouse.queue.record.AttemptRecord;
import io.posthouse.queue.record.ChunksRecord;
import io.posthouse.queue.record.EnvelopeRecord;
import io.posthouse.queue.record.PositionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Envelopes as protobuf records (`envelope.proto`). Reads what any release since the first has
/// written.
public final class EnvelopeCodec {
  // The tag of the field, and of texts and bytes as protobuf has them on the wire.
  private static final byte QUEUE_ID = EnvelopeRecord.QUEUE_ID_FIELD_NUMBER << 3 | 2;

  private EnvelopeCodec() {}

  public static byte[] encode(Envelope envelope) {
    var record =
        EnvelopeRecord.newBuilder()
            .setQueueId(envelope.queueId().text())
            .setReversePath(envelope.reversePath().sender().map(MailAddress::toString).orElse(""))
            .setParameters(PathCodec.encode(envelope.parameters()))
            .setClient(PathCodec.encode(envelope.client()))
            .setArrived(envelope.arrived().toEpochMilli())
            .setTrace(bytes(envelope.trace()))
            .setAttemptCount(envelope.attemptCount())
            .setDue(envelope.due().map(Instant::toEpochMilli).orElse(0L));
    envelope.returnTo().ifPresent(to -> record.setReturnTo(PathCodec.encode(to)));
    envelope.recipients().forEach(recipient -> record.addRecipients(PathCodec.encode(recipient)));
    envelope.attempts().forEach(attempt -> record.addAttempts(encode(attempt)));
    putContent(record, envelope.content());
    OrdersCodec.encode(envelope.orders()).ifPresent(record::setOrders);
    envelope.site().ifPresent(site -> record.setSite(site.text()));
    envelope.resumed().ifPresent(then -> record.setResumed(then.toEpochMilli()));
    return record.build().toByteArray();
  }

  /// The envelope in a record.
  ///
  /// @throws MalformedRecord if the octets are no envelope, or one that breaks a rule
  public static Envelope decode(byte[] octets) throws MalformedRecord {
    try {
      return envelope(EnvelopeRecord.parseFrom(octets));
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      throw new MalformedRecord(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  /// Whether these octets may hold a message of this id, at a hundredth of the price of reading
  /// them. They do not where they begin with another one, as whatever [#encode] writes does.
  public static boolean mayHold(QueueId id, byte[] octets) {
    var wanted = id.text().getBytes(StandardCharsets.US_ASCII);
    var begin = 2;
    if (octets.length < begin + wanted.length) return true;
    if (octets[0] != QUEUE_ID || octets[1] != wanted.length) return true;
    return Arrays.equals(wanted, 0, wanted.length, octets, begin, begin + wanted.length);
  }

  private static Envelope envelope(EnvelopeRecord record) {
    return new Envelope(
        new QueueId(record.getQueueId()),
        reversePath(record.getReversePath()),
        record.hasReturnTo()
            ? Optional.of(PathCodec.destination(record.getReturnTo()))
            : Optional.empty(),
        record.getRecipientsList().stream().map(PathCodec::recipient).toList(),
        PathCodec.parameters(record.getParameters()),
        PathCodec.client(record.getClient()),
        Instant.ofEpochMilli(record.getArrived()),
        octets(record.getTrace()),
        content(record),
        record.getAttemptsList().stream().map(EnvelopeCodec::attempt).toList(),
        record.getAttemptCount(),
        time(record.getDue()),
        record.hasOrders() ? OrdersCodec.orders(record.getOrders()) : Orders.NONE,
        record.getSite().isEmpty() ? Optional.empty() : Optional.of(new SiteName(record.getSite())),
        time(record.getResumed()));
  }

  private static Optional<Instant> time(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static ReversePath reversePath(String text) {
    return text.isEmpty() ? new ReversePath.Null() : new ReversePath.Sender(MailAddress.of(text));
  }

  private static void putContent(EnvelopeRecord.Builder record, Content content) {
    switch (content) {
      case Content.Inline(var octets) -> record.setInline(bytes(octets));
      case Content.Chunked(int partition, var offsets, long size) ->
          record.setChunks(
              ChunksRecord.newBuilder()
                  .setPartition(partition)
                  .addAllOffsets(offsets)
                  .setSize(size));
      case Content.InRecord(var at, long size) ->
          record.setInRecord(
              PositionRecord.newBuilder()
                  .setTopic(at.topic())
                  .setPartition(at.partition())
                  .setOffset(at.offset())
                  .setSize(size));
    }
  }

  private static Content content(EnvelopeRecord record) {
    return switch (record.getContentCase()) {
      case INLINE -> new Content.Inline(octets(record.getInline()));
      case CHUNKS -> {
        var chunks = record.getChunks();
        yield new Content.Chunked(chunks.getPartition(), chunks.getOffsetsList(), chunks.getSize());
      }
      case IN_RECORD -> {
        var at = record.getInRecord();
        var position = new RecordPosition(at.getTopic(), at.getPartition(), at.getOffset());
        yield new Content.InRecord(position, at.getSize());
      }
      case CONTENT_NOT_SET ->
          throw new IllegalArgumentException("content: nowhere (expected: inline or a reference)");
    };
  }

  private static AttemptRecord encode(Attempt attempt) {
    return AttemptRecord.newBuilder()
        .setAt(attempt.at().toEpochMilli())
        .setNode(attempt.node())
        .setHost(attempt.host())
        .setSaid(attempt.said())
        .build();
  }

  private static Attempt attempt(AttemptRecord record) {
    return new Attempt(
        Instant.ofEpochMilli(record.getAt()), record.getNode(), record.getHost(), record.getSaid());
  }

  private static ByteString bytes(Octets octets) {
    // Octets never change, so protobuf may keep the array instead of copying a whole message.
    return UnsafeByteOperations.unsafeWrap(octets.buffer());
  }

  private static Octets octets(ByteString bytes) {
    return Octets.of(bytes.toByteArray());
  }
}
