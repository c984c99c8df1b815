package io.posthouse.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.posthouse.kafka.ReplayPlan.Also;
import io.posthouse.kafka.ReplayPlan.Source;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.QueueFilterCodec;
import io.posthouse.queue.record.ReplayRecord;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/// How far a replay is in one partition, with all that it takes to go on: a commit of the replay's
/// own group.
///
/// @param next the offset it goes on at
/// @param end the offset behind its span
/// @param replayed messages of the partition that are in the queue again
record ReplayNote(ReplayPlan plan, long next, long end, long replayed) {
  private static final String VERSION = "replay:1:";

  ReplayNote at(long offset) {
    return new ReplayNote(plan, offset, end, replayed);
  }

  ReplayNote plusOne() {
    return new ReplayNote(plan, next, end, replayed + 1);
  }

  /// @throws IllegalArgumentException if the filter is longer than a commit may be
  OffsetAndMetadata commit() {
    var record =
        ReplayRecord.newBuilder()
            .setSource(
                switch (plan.source()) {
                  case LOCAL -> ReplayRecord.Source.LOCAL;
                  case REMOTE -> ReplayRecord.Source.REMOTE;
                })
            .setFrom(plan.from().toEpochMilli())
            .setTo(plan.to().toEpochMilli())
            .setFilter(QueueFilterCodec.encode(plan.filter()))
            .setIncludeDelivered(plan.also().contains(Also.DELIVERED))
            .setIncludeGivenUp(plan.also().contains(Also.GIVEN_UP))
            .setIssued(plan.issued().toEpochMilli())
            .setEnd(end)
            .setReplayed(replayed)
            .build();
    var metadata = VERSION + Base64.getEncoder().encodeToString(record.toByteArray());
    if (metadata.length() > CommitNoteCodec.LONGEST)
      throw new IllegalArgumentException("filter: too long for Kafka to remember");
    return new OffsetAndMetadata(next, metadata);
  }

  /// Empty where a commit is no replay's, or of a release that could do what we cannot.
  static Optional<ReplayNote> of(OffsetAndMetadata commit) {
    if (!commit.metadata().startsWith(VERSION)) return Optional.empty();
    try {
      var octets = Base64.getDecoder().decode(commit.metadata().substring(VERSION.length()));
      return note(ReplayRecord.parseFrom(octets), commit.offset());
    } catch (InvalidProtocolBufferException | IllegalArgumentException | MalformedRecord e) {
      return Optional.empty();
    }
  }

  private static Optional<ReplayNote> note(ReplayRecord record, long next) throws MalformedRecord {
    var filter = QueueFilterCodec.decode(record.getFilter());
    return source(record.getSource())
        .map(source ->
            new ReplayPlan(
                source,
                Instant.ofEpochMilli(record.getFrom()),
                Instant.ofEpochMilli(record.getTo()),
                filter,
                also(record),
                Instant.ofEpochMilli(record.getIssued())))
        .map(plan -> new ReplayNote(plan, next, record.getEnd(), record.getReplayed()));
  }

  private static Set<Also> also(ReplayRecord record) {
    var also = EnumSet.noneOf(Also.class);
    if (record.getIncludeDelivered()) also.add(Also.DELIVERED);
    if (record.getIncludeGivenUp()) also.add(Also.GIVEN_UP);
    return also;
  }

  private static Optional<Source> source(ReplayRecord.Source source) {
    return switch (source) {
      case LOCAL -> Optional.of(Source.LOCAL);
      case REMOTE -> Optional.of(Source.REMOTE);
      case SOURCE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }
}
