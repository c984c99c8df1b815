package io.posthouse.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Where a group goes on in a partition that is assigned to us.
///
/// @param note what the group has committed; a group that has committed nothing begins at the
///   beginning, for all of it is owed
/// @param begin the oldest offset of the log
/// @param end above the newest
record Resumption(CommitNote note, long begin, long end) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static Map<TopicPartition, Resumption> of(
      Consumer<byte[], byte[]> consumer, Collection<TopicPartition> ids) {
    if (ids.isEmpty()) return Map.of();
    var committed = consumer.committed(new HashSet<>(ids), PATIENCE);
    var begins = consumer.beginningOffsets(ids, PATIENCE);
    var ends = consumer.endOffsets(ids, PATIENCE);
    var resumptions = new HashMap<TopicPartition, Resumption>();
    for (var id : ids) {
      long begin = begins.getOrDefault(id, 0L);
      var note =
          Optional.ofNullable(committed.get(id))
              .map(commit -> CommitNote.of(commit.offset(), commit.metadata()))
              .orElseGet(() -> CommitNote.at(begin));
      resumptions.put(id, new Resumption(note, begin, ends.getOrDefault(id, begin)));
    }
    return resumptions;
  }

  /// What of `known`, and of the note, can be true of this log.
  CommitNote with(CommitNote known) {
    return note.or(known).within(begin, end);
  }
}
