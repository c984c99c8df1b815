package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class SpanTest {
  private static final TopicPartition ID = new TopicPartition("remote", 3);

  @Test
  void a_partition_of_which_nothing_is_known_is_open_from_the_watermark_on() {
    assertEquals(List.of(span(10, 90)), Span.open(ID, CommitNote.at(10), 90));
    assertEquals(List.of(), Span.open(ID, CommitNote.at(90), 90));
  }

  @Test
  void a_long_settled_stretch_is_passed_over() {
    var note = note(10_000, 10, 11, 5_000);
    assertEquals(
        List.of(span(10, 12), span(5_000, 5_001), span(10_000, 10_020)),
        Span.open(ID, note, 10_020));
    assertEquals(
        List.of(span(10, 12), span(5_000, 5_001)), Span.open(ID, note, 10_000), "nothing beyond");
  }

  @Test
  void a_short_settled_stretch_is_read_with_the_others() {
    assertEquals(List.of(span(10, 200)), Span.open(ID, note(120, 10, 100), 200));
  }

  @Test
  void pieces_are_the_whole() {
    assertEquals(List.of(span(0, 10), span(10, 20), span(20, 25)), span(0, 25).pieces(10));
    assertEquals(List.of(span(0, 10)), span(0, 10).pieces(10));
  }

  @Test
  void an_empty_span_is_none() {
    assertThrows(IllegalArgumentException.class, () -> span(5, 5));
    assertThrows(IllegalArgumentException.class, () -> span(-1, 5));
  }

  private static Span span(long from, long to) {
    return new Span(ID, from, to);
  }

  private static CommitNote note(long end, long... open) {
    var offsets = new TreeSet<Long>();
    for (var offset : open) offsets.add(offset);
    return new CommitNote(offsets.first(), end, offsets);
  }
}
