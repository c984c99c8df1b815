package io.posthouse.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.posthouse.kafka.ClaimSheet.Claims;
import io.posthouse.queue.record.ClaimSheetRecord;
import io.posthouse.queue.record.MarksRecord;
import io.posthouse.queue.record.PartitionClaimsRecord;
import java.util.HashMap;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/// Claim sheets as records (`envelope.proto`).
final class ClaimCodec {
  private ClaimCodec() {}

  static byte[] encode(ClaimSheet sheet) {
    var record = ClaimSheetRecord.newBuilder();
    sheet
        .partitions()
        .forEach((id, claims) ->
            record.addPartitions(
                PartitionClaimsRecord.newBuilder()
                    .setTopic(id.topic())
                    .setPartition(id.partition())
                    .setOpen(marks(claims.open()))
                    .setDone(marks(claims.done()))));
    return record.build().toByteArray();
  }

  /// Empty for what is no sheet: who wrote it claims nothing that we could respect.
  static Optional<ClaimSheet> decode(String member, byte[] octets) {
    try {
      var partitions = new HashMap<TopicPartition, Claims>();
      for (var one : ClaimSheetRecord.parseFrom(octets).getPartitionsList())
        partitions.put(
            new TopicPartition(one.getTopic(), one.getPartition()),
            new Claims(marks(one.getOpen()), marks(one.getDone())));
      return Optional.of(new ClaimSheet(member, partitions));
    } catch (InvalidProtocolBufferException notOurs) {
      return Optional.empty();
    }
  }

  private static MarksRecord marks(Marks marks) {
    return MarksRecord.newBuilder()
        .addAllOffsets(marks.written().keySet())
        .addAllWritten(marks.written().values())
        .build();
  }

  private static Marks marks(MarksRecord record) {
    var written = new HashMap<Long, Long>();
    var complete = Math.min(record.getOffsetsCount(), record.getWrittenCount());
    for (int i = 0; i < complete; i++) written.put(record.getOffsets(i), record.getWritten(i));
    return new Marks(written);
  }
}
