package io.posthouse.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits what is settled: now and then in passing, and before a partition is let go.
final class LedgerCommits {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerCommits.class);

  // What is settled since the last commit before a crash is repeated after it: no more than this
  // time, nor than so many messages and those of a commit under way.
  private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long OFTENEST = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST_SETTLEMENTS = 50;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final LedgerBooks books;
  private long last;
  private long settlements;
  private boolean underWay;
  private Optional<String> failure = Optional.empty();
  private long failures;

  LedgerCommits(Consumer<byte[], byte[]> consumer, LedgerBooks books) {
    this.consumer = consumer;
    this.books = books;
    this.last = books.nanoTime();
  }

  /// Why the last commit failed, if it did.
  Optional<String> failure() {
    return failure;
  }

  long failures() {
    return failures;
  }

  void inPassing(Collection<TopicPartition> assigned) {
    if (underWay || !isDue()) return;
    last = books.nanoTime();
    settlements = books.settlements();
    var offsets = changed(assigned);
    if (offsets.isEmpty()) return;
    underWay = true;
    consumer.commitAsync(
        offsets,
        (_, problem) -> {
          underWay = false;
          if (problem == null) succeeded(offsets);
          else failed(offsets.keySet(), problem);
        });
  }

  private boolean isDue() {
    var passed = books.nanoTime() - last;
    var many = books.settlements() - settlements >= MOST_SETTLEMENTS;
    return passed >= (many ? OFTENEST : EVERY);
  }

  void atOnce(Collection<TopicPartition> assigned) {
    // What is on its way may fail yet, and nobody would hear of it.
    if (underWay) assigned.forEach(id -> books.partition(id).touch());
    var offsets = changed(assigned);
    // Whoever owns these partitions next repeats what this commit would have settled.
    if (!commit(offsets))
      LOG.warn("{} partitions were let go: {}", offsets.size(), failure.orElse(""));
  }

  /// Commits, changed or not: whether Kafka takes these partitions for ours.
  boolean prove(Collection<TopicPartition> assigned) {
    assigned.forEach(id -> books.partition(id).touch());
    return commit(changed(assigned));
  }

  private boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (offsets.isEmpty()) return true;
    try {
      consumer.commitSync(offsets, PATIENCE);
      succeeded(offsets);
      return true;
    } catch (KafkaException e) {
      failed(offsets.keySet(), e);
      return false;
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> changed(Collection<TopicPartition> assigned) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var id : assigned) {
      var partition = books.partition(id);
      if (partition.isChanged()) offsets.put(id, partition.commit());
    }
    return offsets;
  }

  private void succeeded(Map<TopicPartition, OffsetAndMetadata> offsets) {
    failure = Optional.empty();
    offsets.forEach((id, commit) -> books.partition(id).committed(commit));
  }

  private void failed(Collection<TopicPartition> ids, Exception problem) {
    failures++;
    failure = Optional.of("commits fail: " + problem.getMessage());
    ids.forEach(id -> books.partition(id).touch());
  }
}
