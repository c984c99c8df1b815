package io.posthouse.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/// A stretch of a partition to be read.
///
/// @param from its first offset
/// @param to above its last
record Span(TopicPartition id, long from, long to) {
  /// A seek costs as much as reading so many records, about: settled stretches below this are read
  /// and passed over.
  private static final long WORTH_A_SEEK = 500;

  Span {
    if (from < 0 || to <= from)
      throw new IllegalArgumentException(
          "span: " + id + " " + from + ".." + to + " (expected: at least one offset)");
  }

  /// The span between two offsets, where there is one.
  static List<Span> some(TopicPartition id, long from, long to) {
    return to > from ? List.of(new Span(id, from, to)) : List.of();
  }

  long length() {
    return to - from;
  }

  /// What a group has left open of a partition up to `end`: few stretches that hold all of it.
  static List<Span> open(TopicPartition id, CommitNote note, long end) {
    var spans = new ArrayList<Span>();
    var from = note.watermark();
    var to = from;
    for (long offset : note.open()) {
      if (offset - to >= WORTH_A_SEEK) {
        add(spans, id, from, to);
        from = offset;
      }
      to = offset + 1;
    }
    if (note.end() - to >= WORTH_A_SEEK) {
      add(spans, id, from, to);
      from = note.end();
    }
    add(spans, id, from, end);
    return spans;
  }

  /// The same in pieces, so that several can read it at once.
  List<Span> pieces(long longest) {
    var pieces = new ArrayList<Span>();
    for (long at = from; at < to; at += longest) add(pieces, id, at, Math.min(to, at + longest));
    return pieces;
  }

  private static void add(List<Span> spans, TopicPartition id, long from, long to) {
    if (to > from) spans.add(new Span(id, from, to));
  }
}
