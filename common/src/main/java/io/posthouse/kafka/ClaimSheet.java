package io.posthouse.kafka;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// All that one reader has in hand at a time, as the others hear of it. A newer sheet replaces the
/// one before.
///
/// @param member one life of a reader: after a restart it is another
record ClaimSheet(String member, Map<TopicPartition, Claims> partitions) {
  ClaimSheet {
    partitions = Map.copyOf(partitions);
  }

  /// Of one partition.
  ///
  /// @param open in hand now: whoever owns the partition must not take it
  /// @param done was open once, and has an outcome that is durable, though no commit may say so:
  ///   nobody need take it
  record Claims(Marks open, Marks done) {
    static final Claims NONE = new Claims(Marks.NONE, Marks.NONE);

    boolean isEmpty() {
      return open.isEmpty() && done.isEmpty();
    }
  }

  Claims of(TopicPartition id) {
    return partitions.getOrDefault(id, Claims.NONE);
  }

  boolean isEmpty() {
    return partitions.isEmpty();
  }

  /// Whether anything is in hand.
  boolean hasOpen() {
    return partitions.values().stream().anyMatch(claims -> !claims.open().isEmpty());
  }
}
