package io.posthouse.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// One partition in the books: polled and not handed out yet, in flight, settled.
final class LedgerPartition {
  /// Settled offsets in a row that are worth a seek, which costs what was fetched ahead.
  private static final long LEAP = 1_000;

  private final TopicPartition id;
  private final ClaimBoard others;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private final Map<Long, LedgerEntry> inFlight = new HashMap<>();

  /// In the hands of others, with the time each was written.
  private final Map<Long, Long> elsewhere = new HashMap<>();

  /// Claimed once, settled, and in no commit that we know of.
  private final Map<Long, Long> done = new HashMap<>();

  private PartitionLedger ledger = new PartitionLedger(CommitNote.at(0));
  private long polledTo;
  private boolean changed;

  /// @param others what of it is not to be taken though it is open
  LedgerPartition(TopicPartition id, ClaimBoard others) {
    this.id = id;
    this.others = others;
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
    return begin(note);
  }

  /// Passes over what is settled once more, for what was left out the first time.
  ///
  /// @return the offset to read from
  long again() {
    return begin(ledger.note());
  }

  private long begin(CommitNote note) {
    waiting.clear();
    elsewhere.clear();
    ledger = new PartitionLedger(note);
    polledTo = note.watermark();
    changed = true;
    return note.watermark();
  }

  /// The partition is another member's. What is in flight goes on, and is remembered.
  void taken() {
    waiting.clear();
    elsewhere.clear();
  }

  /// How much of it is in the hands of others.
  int elsewhere() {
    return elsewhere.size();
  }

  /// Settles what others are done with. Whether some of what they had is for us now.
  boolean reconsider() {
    var ours = false;
    for (var held = elsewhere.entrySet().iterator(); held.hasNext(); ) {
      var mark = held.next();
      switch (others.standing(id, mark.getKey(), mark.getValue())) {
        case CLAIMED -> {}
        case DONE -> {
          held.remove();
          ledger.settle(mark.getKey());
          changed = true;
        }
        case FREE -> ours = true;
      }
    }
    return ours;
  }

  /// Claims all that is in flight.
  void claimAll() {
    inFlight.values().forEach(LedgerEntry::claim);
  }

  /// What is claimed and in flight.
  Marks claimed() {
    var claimed = new HashMap<Long, Long>();
    for (var entry : inFlight.values())
      if (entry.isClaimed()) claimed.put(entry.offset(), entry.written());
    return new Marks(claimed);
  }

  /// What was claimed and is settled, though no commit may say so.
  Marks done() {
    return new Marks(done);
  }

  void polled(Iterable<ConsumerRecord<byte[], byte[]>> records, long nextOffset) {
    records.forEach(waiting::add);
    polledTo = nextOffset;
    skipSettled();
  }

  /// Passes over what was settled in an earlier life, where that is much: a partition that has gone
  /// on far beyond its oldest unsettled record is not read from there once more.
  ///
  /// @return the offset to read on from, if it is not the one after what was polled
  OptionalLong leap() {
    if (!waiting.isEmpty()) return OptionalLong.empty();
    var next = ledger.nextOpen(polledTo);
    if (next - polledTo < LEAP) return OptionalLong.empty();
    polledTo = next;
    ledger.passed(next);
    return OptionalLong.of(next);
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
    if (entry.isClaimed()) done.put(entry.offset(), entry.written());
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

  /// Kafka has this commit.
  void committed(OffsetAndMetadata commit) {
    if (done.isEmpty()) return;
    var note = CommitNote.of(commit.offset(), commit.metadata());
    done.keySet().removeIf(note::settled);
  }

  private void skipSettled() {
    while (!waiting.isEmpty() && isPassedOver(waiting.element())) {
      ledger.take(waiting.remove().offset());
    }
    if (waiting.isEmpty()) ledger.passed(polledTo);
  }

  private boolean isPassedOver(ConsumerRecord<byte[], byte[]> record) {
    return needsNobody(record.offset()) || isElsewhere(record);
  }

  private boolean isElsewhere(ConsumerRecord<byte[], byte[]> record) {
    var standing = others.standing(id, record.offset(), record.timestamp());
    // Settled at the next look, once the ledger has heard of it.
    if (standing != ClaimBoard.Standing.FREE) elsewhere.put(record.offset(), record.timestamp());
    return standing != ClaimBoard.Standing.FREE;
  }

  private boolean needsNobody(long offset) {
    return ledger.isSettled(offset) || inFlight.containsKey(offset);
  }
}
