package io.posthouse.kafka;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What one commit remembers of a partition: all offsets below the watermark are settled, and of
/// those from there to `end`, all that are not `open`. Beyond `end` nothing is known.
///
/// @param watermark the committed offset, which Kafka understands
/// @param end above the last offset known to be settled or open
/// @param open unsettled offsets from watermark to end; the watermark is one of them, unless it is
///   the end
record CommitNote(long watermark, long end, SortedSet<Long> open) {
  CommitNote {
    open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
    var lowest = open.isEmpty() ? end : open.first();
    if (watermark != lowest || end < watermark || (!open.isEmpty() && open.last() >= end)) {
      throw new IllegalArgumentException(
          "commit note: "
              + watermark
              + ".."
              + end
              + " with "
              + open
              + " open (expected: the"
              + " watermark to be the first open offset or the end, and none beyond the end)");
    }
  }

  /// Of a partition where all is settled below `offset`, and nothing known above.
  static CommitNote at(long offset) {
    return new CommitNote(offset, offset, new TreeSet<>());
  }

  /// The note in a commit. Metadata that is not ours says nothing: work is repeated, none is lost.
  static CommitNote of(long committed, String metadata) {
    return CommitNoteCodec.decode(committed, metadata);
  }

  /// For a commit's metadata, at most [CommitNoteCodec#LONGEST] characters. Where all does not fit,
  /// the highest offsets are left out and would be taken again.
  String metadata() {
    return CommitNoteCodec.encode(this);
  }

  /// What this note or the other knows to be settled.
  CommitNote or(CommitNote other) {
    var neither = new TreeSet<Long>();
    Stream.concat(open.stream(), other.open.stream())
        .filter(offset -> !settled(offset) && !other.settled(offset))
        .forEach(neither::add);
    var bothEnd = Math.max(end, other.end);
    return new CommitNote(neither.isEmpty() ? bothEnd : neither.first(), bothEnd, neither);
  }

  /// What of this note can be true of a log that holds the offsets from `begin` to `logEnd`: a
  /// broker that lost its last records gives their offsets to new ones.
  CommitNote within(long begin, long logEnd) {
    if (watermark >= logEnd) return at(logEnd);
    var cut = end <= logEnd ? this : new CommitNote(watermark, logEnd, open.headSet(logEnd));
    return cut.or(at(begin));
  }

  boolean settled(long offset) {
    return offset < watermark || (offset < end && !open.contains(offset));
  }
}
