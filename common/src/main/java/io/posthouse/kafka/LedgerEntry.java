package io.posthouse.kafka;

import io.posthouse.message.RecordPosition;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;

/// A record taken and not settled.
final class LedgerEntry {
  private final TopicPartition partition;
  private final long offset;
  private final int octets;
  private final Instant since;
  private final LedgerBooks books;
  private final AtomicBoolean settled = new AtomicBoolean();

  LedgerEntry(TopicPartition partition, long offset, int octets, Instant since, LedgerBooks books) {
    this.partition = partition;
    this.offset = offset;
    this.octets = octets;
    this.since = since;
    this.books = books;
  }

  TopicPartition partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  int octets() {
    return octets;
  }

  Instant since() {
    return since;
  }

  RecordPosition position() {
    return new RecordPosition(partition.topic(), partition.partition(), offset);
  }

  /// From any thread; the reader's own thread hears of it.
  void settle() {
    if (settled.compareAndSet(false, true)) books.tell(() -> books.settle(this));
  }
}
