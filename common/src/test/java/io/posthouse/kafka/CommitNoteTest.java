package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitNoteTest {
  @Test
  void a_partition_with_nothing_in_flight_needs_no_metadata() {
    assertEquals("", CommitNote.at(42).metadata());
  }

  @Test
  void a_note_whose_watermark_is_settled_contradicts_itself() {
    assertThrows(IllegalArgumentException.class, () -> note(3, 10, 4, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "from another tool", "1:", "1:!!!", "1:AAAA", "2:whatever", "1:YGBgYAAA"})
  void metadata_that_is_not_ours_says_nothing(String metadata) {
    assertEquals(CommitNote.at(17), CommitNote.of(17, metadata));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void any_octets_at_all_are_read_without_an_exception(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder(CommitNote.at(0).or(note(0, 9, 0)).metadata());
    for (int i = 0; i < 4; i++) {
      text.setCharAt(2 + random.nextInt(text.length() - 2), (char) ('A' + random.nextInt(26)));
    }
    var read = CommitNote.of(5, text.toString());
    assertEquals(5, read.watermark(), "seed " + seed + " " + text);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_is_noted_and_read_again_settles_the_same_offsets(long seed) {
    var note = random(new Random(seed), 1_500, 5_000);
    var read = CommitNote.of(note.watermark(), note.metadata());
    for (long offset = 0; offset < note.end(); offset++) {
      assertEquals(note.settled(offset), read.settled(offset), "seed " + seed + " @" + offset);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_note_that_is_too_long_forgets_its_end_and_claims_nothing_false(long seed) {
    var note = random(new Random(seed), 12_000, 60_000);
    var metadata = note.metadata();
    assertTrue(metadata.length() <= CommitNoteCodec.LONGEST, "seed " + seed);
    assertTrue(metadata.length() > CommitNoteCodec.LONGEST - 20, "seed " + seed + ": too cautious");
    var read = CommitNote.of(note.watermark(), metadata);
    for (long offset = note.watermark(); offset < note.end(); offset++) {
      var expected = offset < read.end() && note.settled(offset);
      assertEquals(expected, read.settled(offset), "seed " + seed + " @" + offset);
    }
  }

  @Test
  void six_thousand_offsets_with_a_few_slow_ones_are_a_short_note() {
    var open = new TreeSet<Long>();
    for (long offset = 0; offset < 6_000; offset += 60) open.add(offset);
    var note = new CommitNote(0, 6_000, open);
    assertTrue(note.metadata().length() < 50, note.metadata());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void two_notes_together_know_what_either_knows(long seed) {
    var random = new Random(seed);
    var one = random(random, 50, 200);
    var other = random(random, 50, 200);
    var both = one.or(other);
    for (long offset = 0; offset < 500; offset++) {
      assertEquals(
          one.settled(offset) || other.settled(offset),
          both.settled(offset),
          "seed " + seed + " @" + offset);
    }
  }

  private static CommitNote note(long watermark, long end, long... open) {
    var set = new TreeSet<Long>();
    for (long offset : open) set.add(offset);
    return new CommitNote(watermark, end, set);
  }

  private static CommitNote random(Random random, int howManyOpen, int longestSpan) {
    long watermark = random.nextInt(100);
    var open = new TreeSet<Long>();
    open.add(watermark);
    for (int i = random.nextInt(howManyOpen / 2, howManyOpen); i > 0; i--) {
      open.add(watermark + random.nextInt(longestSpan));
    }
    return new CommitNote(watermark, watermark + longestSpan, open);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }
}
