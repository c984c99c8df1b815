package io.posthouse.kafka;

import io.posthouse.message.Content;
import io.posthouse.queue.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/// Whether content is below what the log retains, without reading it.
///
/// @param begins the oldest offset of each partition where content may lie
record GoneContent(KafkaCluster cluster, Map<TopicPartition, Long> begins)
    implements Predicate<Content> {

  /// Where content may lie.
  static List<String> topics(Topics topics) {
    return List.of(
        topics.content(),
        topics.split(),
        topics.local(),
        topics.localDue(),
        topics.remote(),
        topics.remoteDue());
  }

  @Override
  public boolean test(Content content) {
    return switch (content) {
      case Content.Inline _ -> false;
      case Content.InRecord(var at, _) -> isGone(at.topic(), at.partition(), at.offset());
      case Content.Chunked(int partition, var offsets, _) ->
          offsets.stream()
              .anyMatch(offset -> isGone(cluster.topics().content(), partition, offset));
    };
  }

  private boolean isGone(String topic, int partition, long offset) {
    return offset < begins.getOrDefault(new TopicPartition(topic, partition), 0L);
  }
}
