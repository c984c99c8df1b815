package io.posthouse.kafka;

import java.util.TreeSet;

/// Which offsets of one partition are taken and which are settled, in any order. Knows nothing of
/// brokers.
///
/// What is settled is everything below [#end()] that is not open, so memory grows with what is in
/// flight and not with how far the fastest has run ahead of the slowest.
final class PartitionLedger {
  /// Owed: taken and not settled, or known from a note to be unsettled and not taken again yet.
  private final TreeSet<Long> open;

  private long end;
  private long next;

  /// Goes on where the note ends.
  PartitionLedger(CommitNote note) {
    open = new TreeSet<>(note.open());
    end = note.end();
    next = note.watermark();
  }

  /// Hears of a record, in the order of the partition. Says whether it has work: false if it was
  /// settled before.
  boolean take(long offset) {
    // Offsets only grow, so what the note called unsettled and was passed over is not there any
    // more.
    open.subSet(next, offset).clear();
    next = offset + 1;
    if (offset < end) return open.contains(offset);
    open.add(offset);
    end = offset + 1;
    return true;
  }

  /// Hears that nothing below `position` is left to take: transaction markers have offsets, too,
  /// and would look like work that nobody does.
  void passed(long position) {
    open.subSet(next, Math.max(next, position)).clear();
    next = Math.max(next, position);
    end = Math.max(end, position);
  }

  /// The outcome of this offset is durable. Twice is once.
  void settle(long offset) {
    open.remove(offset);
  }

  boolean isSettled(long offset) {
    return offset < end && !open.contains(offset);
  }

  /// The first offset from `position` on that may have work.
  long nextOpen(long position) {
    var next = open.ceiling(position);
    return next == null ? Math.max(position, end) : next;
  }

  /// Everything below is settled.
  long watermark() {
    return open.isEmpty() ? end : open.first();
  }

  /// Above everything taken so far, in this life or those before.
  long end() {
    return end;
  }

  /// Offsets from the oldest unsettled one to the newest that this life has taken.
  long span() {
    return Math.max(0, next - watermark());
  }

  /// All that is known, for a commit.
  CommitNote note() {
    return new CommitNote(watermark(), end, open);
  }
}
