package io.posthouse.kafka;

import io.posthouse.message.QueueId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/// What happened, as the topic `events` still has it, over all nodes.
public final class EventLog {
  /// Nodes disagree on the time, but not by more than this.
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private final KafkaCluster cluster;

  public EventLog(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /// Is told events, one at a time, those of a message in their order.
  @FunctionalInterface
  public interface Visitor {
    /// Takes notice of the line of an event.
    void visit(String json);
  }

  /// Shows all events about these messages. Each lies in one partition, and none before the message
  /// arrived, so no more is read than that.
  public void about(Set<QueueId> ids, Visitor visitor, QueueScanner.Progress progress)
      throws KafkaUnreachable {
    var keys = ids.stream().map(QueueId::text).collect(Collectors.toSet());
    var since = ids.stream().map(QueueId::arrived).min(Instant::compareTo).orElse(Instant.EPOCH);
    read(
        spans(since.minus(CLOCKS), Optional.empty(), partitions -> of(keys, partitions)),
        record -> keys.contains(key(record)),
        visitor,
        progress);
  }

  /// Shows all events of a time, about whatever.
  public void between(Instant since, Instant until, Visitor visitor, QueueScanner.Progress progress)
      throws KafkaUnreachable {
    read(spans(since, Optional.of(until), all -> all), _ -> true, visitor, progress);
  }

  private void read(
      List<Span> spans, Wanted wanted, Visitor visitor, QueueScanner.Progress progress)
      throws KafkaUnreachable {
    var total = spans.stream().mapToLong(Span::length).sum();
    var done = new AtomicLong();
    new SpanReader(cluster)
        .read(
            spans,
            (records, passed) -> {
              synchronized (done) {
                for (var record : records)
                  if (record.value() != null && wanted.test(record))
                    visitor.visit(new String(record.value(), StandardCharsets.UTF_8));
                progress.at(done.addAndGet(passed), total);
              }
              return true;
            });
  }

  private interface Wanted {
    boolean test(ConsumerRecord<byte[], byte[]> record);
  }

  private interface Choice {
    Collection<TopicPartition> of(List<TopicPartition> all);
  }

  private List<Span> spans(Instant since, Optional<Instant> until, Choice choice)
      throws KafkaUnreachable {
    return Inquiry.ask(
        cluster,
        admin -> {
          var partitions = new Partitions(admin);
          var all = partitions.of(List.of(cluster.topics().events()));
          return partitions.written(choice.of(all), since, until);
        });
  }

  /// Where producers put what has these keys.
  private static Set<TopicPartition> of(Set<String> keys, List<TopicPartition> partitions) {
    var chosen = new HashSet<TopicPartition>();
    for (var key : keys) {
      var hash = Utils.murmur2(key.getBytes(StandardCharsets.UTF_8));
      var number = Utils.toPositive(hash) % partitions.size();
      partitions.stream().filter(id -> id.partition() == number).forEach(chosen::add);
    }
    return chosen;
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }
}
