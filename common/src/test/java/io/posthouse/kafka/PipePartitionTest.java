package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Orders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// A partition of a hundred messages, of which each falls due a second after the one before it.
class PipePartitionTest {
  private static final Instant FIRST = Instant.parse("2026-03-02T08:15:00Z");
  private static final Instant ALL = at(100);
  private static final long END = 100;
  private static final long DIRECTIVE = 7;

  @Test
  void what_falls_due_while_directives_are_done_is_moved_after_them_and_once() {
    var partition = new PipePartition(0, SweepNote.NONE);
    partition.polled(steps(0, 50), 50);
    assertEquals(0, partition.beginSweep(DIRECTIVE, END));
    partition.swept(List.of(), 50);
    assertEquals(List.of(), moved(partition, ALL));
    partition.swept(List.of(), END);
    assertEquals(Optional.empty(), partition.sweep());
    assertEquals(0, partition.next());

    partition.polled(steps(0, END), END);
    assertEquals(offsets(0, END), moved(partition, ALL));
    assertEquals(List.of(), moved(partition, ALL));
    assertEquals(END, partition.next());
  }

  @Test
  void what_was_moved_before_directives_are_done_is_not_read_again() {
    var partition = new PipePartition(0, SweepNote.NONE);
    partition.polled(steps(0, 50), 50);
    assertEquals(offsets(0, 20), moved(partition, at(19)));
    assertEquals(20, partition.beginSweep(DIRECTIVE, END));
    partition.swept(List.of(), END);
    assertEquals(20, partition.next());
  }

  @Test
  void who_comes_after_one_who_died_in_a_sweep_goes_on_with_it_and_moves_each_message_once() {
    var dead = new PipePartition(0, SweepNote.NONE);
    dead.polled(steps(0, 50), 50);
    assertEquals(offsets(0, 20), moved(dead, at(19)));
    dead.beginSweep(DIRECTIVE, END);
    dead.swept(steps(30, 31), 60);
    assertEquals(offsets(30, 31), moved(dead, ALL));
    var committed = dead.next();
    var note = SweepNote.parse(dead.note().metadata()).within(END);

    var next = new PipePartition(committed, note);
    assertEquals(60, next.sweep().orElseThrow().cursor());
    assertEquals(DIRECTIVE, next.note().done(30), "what was done there is known");
    assertEquals(Orders.NEVER, next.note().done(60));
    assertEquals(List.of(), moved(next, ALL));
    next.swept(List.of(), END);
    assertEquals(20, next.next());
    next.polled(steps(20, END), END);
    assertEquals(offsets(20, END), moved(next, ALL));
  }

  @Test
  void who_comes_after_one_who_died_before_a_sweep_was_noted_begins_it_anew() {
    var dead = new PipePartition(20, SweepNote.NONE);
    dead.beginSweep(DIRECTIVE, END);
    dead.swept(steps(30, 31), 60);

    var next = new PipePartition(20, SweepNote.NONE);
    assertEquals(20, next.beginSweep(DIRECTIVE, END));
    next.swept(steps(30, 31), END);
    assertEquals(offsets(30, 31), moved(next, ALL));
  }

  /// Offsets of the steps that a transaction does now.
  private static List<Long> moved(PipePartition partition, Instant now) {
    var batch = new ArrayList<PipeRule.Step>();
    partition.drainDue(now, batch, Integer.MAX_VALUE);
    return batch.stream().map(PipeRule.Step::offset).toList();
  }

  private static List<PipeRule.Step> steps(long from, long to) {
    var record = new ProducerRecord<>("remote.due", new byte[0], new byte[0]);
    return LongStream.range(from, to)
        .mapToObj(offset -> new PipeRule.Step(offset, at(offset), List.of(record)))
        .toList();
  }

  private static List<Long> offsets(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private static Instant at(long offset) {
    return FIRST.plusSeconds(offset);
  }
}
