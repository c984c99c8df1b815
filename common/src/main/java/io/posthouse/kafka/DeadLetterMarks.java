package io.posthouse.kafka;

import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/// Which letters of one partition of `dead` are replayed: a note like that of a ledger, where open
/// means that nobody has.
final class DeadLetterMarks {
  private CommitNote note;

  DeadLetterMarks(CommitNote note) {
    this.note = note;
  }

  boolean isReplayed(long offset) {
    return note.settled(offset);
  }

  /// After a part was read that follows what is known or lies within it. What is neither a letter
  /// nor settled there is the mark of a transaction.
  ///
  /// @param open letters in it that remain
  void passed(long from, long to, SortedSet<Long> open) {
    var all = new TreeSet<>(open);
    all.addAll(note.open().headSet(from));
    all.addAll(note.open().tailSet(to));
    var end = Math.max(note.end(), to);
    note = new CommitNote(all.isEmpty() ? end : all.first(), end, all);
  }

  /// For a commit.
  ///
  /// @throws TooScattered if a commit cannot say it
  OffsetAndMetadata commit() {
    var commit = new OffsetAndMetadata(note.watermark(), note.metadata());
    var kept = CommitNote.of(commit.offset(), commit.metadata());
    // What is open at the very end needs no mention.
    if (note.open().tailSet(kept.end()).size() < note.end() - kept.end()) throw new TooScattered();
    return commit;
  }

  /// So many letters are replayed between others that are not that a commit cannot list them.
  static final class TooScattered extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooScattered() {
      super("too many dead letters are replayed between others that are not (expected: those too)");
    }
  }
}
