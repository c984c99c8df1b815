package io.posthouse.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/// Up to where a janitor may delete. A decision about values; nothing is deleted here.
///
/// A record may go when it is older than the replay window and every group that reads its topic is
/// done with it. But deferred and split messages refer to content in other records, which their
/// groups are done with: the window is longer than a message lives, and when anything has been
/// pending for longer than it should (workers that are down do not expire messages), nothing goes.
final class DeletionPlan {
  private DeletionPlan() {}

  /// One partition, as the cluster describes it.
  ///
  /// @param begin its oldest offset
  /// @param end above its newest
  /// @param windowStart its first offset within the replay window; `end` where there is none
  /// @param freshStart its first offset that is young enough to be pending
  /// @param done below it every group that reads the topic is done; none where nobody reads it
  record Facts(
      TopicPartition id,
      long begin,
      long end,
      long windowStart,
      long freshStart,
      Optional<Long> done) {
    boolean isOverdue() {
      return done.filter(offset -> offset < end && offset < freshStart).isPresent();
    }

    /// The offset that may become the oldest.
    long newBegin() {
      return Math.max(begin, Math.min(windowStart, done.orElse(windowStart)));
    }
  }

  /// Partitions where something waits for longer than a message may: while there are any, nothing
  /// is deleted.
  static List<TopicPartition> overdue(List<Facts> partitions) {
    return partitions.stream().filter(Facts::isOverdue).map(Facts::id).toList();
  }

  /// The new oldest offset of each partition that has something to delete.
  static Map<TopicPartition, Long> newBegins(List<Facts> partitions) {
    if (!overdue(partitions).isEmpty()) return Map.of();
    return partitions.stream()
        .filter(partition -> partition.newBegin() > partition.begin())
        .collect(Collectors.toMap(Facts::id, Facts::newBegin));
  }
}
