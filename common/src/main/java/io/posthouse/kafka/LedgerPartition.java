package io.posthouse.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// One partition in the books: polled and not handed out yet, in flight, settled.
final class LedgerPartition {
  private final TopicPartition id;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private final Map<Long, LedgerEntry> inFlight = new HashMap<>();
  private PartitionLedger ledger = new PartitionLedger(CommitNote.at(0));
  private long polledTo;
  private boolean changed;

  LedgerPartition(TopicPartition id) {
    this.id = id;
  }

  TopicPartition id() {
    return id;
  }

  Collection<LedgerEntry> inFlight() {
    return inFlight.values();
  }

  /// The partition is ours, perhaps again. What we have settled and could not commit is still true,
  /// and what is still in flight here is not handed out a second time.
  ///
  /// @return the offset to read from
  long assigned(Resumption resumption) {
    var note = resumption.with(ledger.note());
    // Beyond the end of the log these offsets will be given to other records.
    inFlight.keySet().removeIf(offset -> offset >= resumption.end());
    ledger = new PartitionLedger(note);
    polledTo = note.watermark();
    changed = true;
    return note.watermark();
  }

  /// The partition is another member's. What is in flight goes on, and is remembered.
  void taken() {
    waiting.clear();
  }

  void polled(Iterable<ConsumerRecord<byte[], byte[]>> records, long nextOffset) {
    records.forEach(waiting::add);
    polledTo = nextOffset;
    skipSettled();
  }

  /// Records polled and not handed out.
  int waiting() {
    return waiting.size();
  }

  long span() {
    return ledger.span();
  }

  /// The next record that has work, for a look at it.
  Optional<ConsumerRecord<byte[], byte[]>> peek() {
    return Optional.ofNullable(waiting.peek());
  }

  void opened(LedgerEntry entry) {
    waiting.remove();
    ledger.take(entry.offset());
    inFlight.put(entry.offset(), entry);
    skipSettled();
  }

  void settled(LedgerEntry entry) {
    // An entry of a log that was cut off says nothing about the record that has its offset now.
    if (!inFlight.remove(entry.offset(), entry)) return;
    ledger.settle(entry.offset());
    changed = true;
  }

  boolean isChanged() {
    return changed;
  }

  void touch() {
    changed = true;
  }

  OffsetAndMetadata commit() {
    changed = false;
    var note = ledger.note();
    return new OffsetAndMetadata(note.watermark(), note.metadata());
  }

  private void skipSettled() {
    while (!waiting.isEmpty() && needsNobody(waiting.element().offset())) {
      ledger.take(waiting.remove().offset());
    }
    if (waiting.isEmpty()) ledger.passed(polledTo);
  }

  private boolean needsNobody(long offset) {
    return ledger.isSettled(offset) || inFlight.containsKey(offset);
  }
}
