package io.posthouse.kafka;

import io.posthouse.message.RecordPosition;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// A record taken and not settled.
final class LedgerEntry {
  private final TopicPartition partition;
  private final long offset;
  private final long written;
  private final int octets;
  private final Instant since;
  private final LedgerBooks books;
  private final AtomicBoolean settled = new AtomicBoolean();
  private volatile boolean over;
  private boolean claimed;

  LedgerEntry(
      TopicPartition partition,
      ConsumerRecord<byte[], byte[]> record,
      Instant since,
      LedgerBooks books) {
    this.partition = partition;
    this.offset = record.offset();
    this.written = record.timestamp();
    this.octets = LedgerBooks.size(record);
    this.since = since;
    this.books = books;
  }

  TopicPartition partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  /// When it came into its partition, in milliseconds since 1970.
  long written() {
    return written;
  }

  int octets() {
    return octets;
  }

  Instant since() {
    return since;
  }

  /// The others are told that it is in hand, for as long as it is.
  void claim() {
    claimed = true;
  }

  boolean isClaimed() {
    return claimed;
  }

  RecordPosition position() {
    return new RecordPosition(partition.topic(), partition.partition(), offset);
  }

  /// There is nothing to do about it but to settle it.
  void over() {
    over = true;
  }

  /// From any thread; the reader's own thread hears of it.
  void settle() {
    if (settled.compareAndSet(false, true)) books.tell(() -> books.settle(this));
  }

  /// If it is over, whatever it waits for. For the reader's own thread.
  void settleIfOver() {
    if (over && settled.compareAndSet(false, true)) books.settle(this);
  }
}
