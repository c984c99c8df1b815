package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionLedgerTest {
  @Test
  void the_watermark_waits_for_the_slowest() {
    var ledger = taken(0, 1, 2, 3);
    ledger.settle(1);
    ledger.settle(3);
    assertEquals(0, ledger.watermark());
    ledger.settle(0);
    assertEquals(2, ledger.watermark());
    ledger.settle(2);
    assertEquals(4, ledger.watermark());
  }

  @Test
  void offsets_that_no_record_has_hold_nothing_up() {
    var ledger = taken(0, 7, 9);
    ledger.settle(0);
    assertEquals(7, ledger.watermark());
    ledger.settle(7);
    ledger.settle(9);
    assertEquals(10, ledger.watermark());
  }

  @Test
  void a_marker_after_the_last_record_is_no_work() {
    var ledger = taken(0);
    ledger.passed(2);
    assertEquals(0, ledger.watermark());
    ledger.settle(0);
    assertEquals(2, ledger.watermark());
  }

  @Test
  void the_next_that_may_have_work_is_an_open_one_or_lies_beyond_all_that_is_known() {
    var ledger = taken(0, 1, 2, 3, 4);
    ledger.settle(0);
    ledger.settle(1);
    ledger.settle(3);
    assertEquals(2, ledger.nextOpen(0));
    assertEquals(4, ledger.nextOpen(3));
    ledger.settle(4);
    assertEquals(5, ledger.nextOpen(3));
    assertEquals(9, ledger.nextOpen(9));
  }

  @Test
  void settling_twice_is_settling_once() {
    var ledger = taken(0, 1);
    ledger.settle(0);
    ledger.settle(0);
    assertEquals(1, ledger.watermark());
  }

  @Test
  void the_span_reaches_from_the_slowest_to_the_newest() {
    var ledger = taken(10, 11, 12, 13);
    ledger.settle(11);
    ledger.settle(12);
    assertEquals(4, ledger.span());
  }

  @Test
  void a_successor_takes_what_was_open_and_skips_what_was_settled() {
    var ledger = taken(0, 1, 2, 3, 4);
    ledger.settle(1);
    ledger.settle(3);
    var successor = new PartitionLedger(ledger.note());
    assertTrue(successor.take(0));
    assertFalse(successor.take(1));
    assertTrue(successor.take(2));
    assertFalse(successor.take(3));
    assertTrue(successor.take(4));
    assertTrue(successor.take(5));
  }

  @Test
  void a_successor_that_is_slow_at_the_head_still_notes_what_is_settled_beyond() {
    var ledger = taken(0, 1, 2, 3, 4);
    ledger.settle(2);
    var successor = new PartitionLedger(ledger.note());
    successor.take(0);
    assertEquals(ledger.note(), successor.note());
  }

  @Test
  void what_was_open_and_is_not_in_the_log_any_more_holds_nothing_up() {
    var successor = new PartitionLedger(taken(0, 1, 2).note());
    assertTrue(successor.take(2));
    successor.settle(2);
    assertEquals(3, successor.watermark());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void it_agrees_with_a_ledger_that_remembers_everything(long seed) {
    var random = new Random(seed);
    long next = random.nextInt(1_000_000);
    var ledger = new PartitionLedger(CommitNote.at(next));
    var naive = new NaiveLedger(next);
    var inFlight = new ArrayList<Long>();
    for (int step = 0; step < 500; step++) {
      if (inFlight.isEmpty() || random.nextInt(100) < 52) {
        next += random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
        assertTrue(ledger.take(next), "seed " + seed);
        naive.take(next);
        inFlight.add(next++);
      } else {
        var offset = inFlight.remove(random.nextInt(inFlight.size()));
        ledger.settle(offset);
        naive.settle(offset);
      }
      assertEquals(naive.watermark(), ledger.watermark(), "seed " + seed + " step " + step);
      assertEquals(naive.end(), ledger.end(), "seed " + seed + " step " + step);
    }
    assertEquals(new TreeSet<>(inFlight), ledger.note().open(), "seed " + seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void over_any_number_of_crashes_each_offset_has_work_until_it_is_settled(long seed) {
    var random = new Random(seed);
    var settled = new TreeSet<Long>();
    var ledger = new PartitionLedger(CommitNote.at(0));
    for (int life = 0; life < 20; life++) {
      long from = ledger.watermark();
      for (long offset = from; offset < from + random.nextInt(300); offset++) {
        assertEquals(
            !settled.contains(offset), ledger.take(offset), "seed " + seed + " @" + offset);
        if (!settled.contains(offset) && random.nextInt(3) > 0) {
          ledger.settle(offset);
          settled.add(offset);
        }
      }
      var note = ledger.note();
      ledger = new PartitionLedger(CommitNote.of(note.watermark(), note.metadata()));
    }
  }

  private static PartitionLedger taken(long... offsets) {
    var ledger = new PartitionLedger(CommitNote.at(offsets[0]));
    for (long offset : offsets) assertTrue(ledger.take(offset));
    return ledger;
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }
}
