package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.kafka.PipeRule.Errand;
import io.posthouse.kafka.PipeRule.Step;
import io.posthouse.kafka.PipeRule.Task;
import io.posthouse.kafka.Renewals.Answer;
import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ErrandsTest {
  private static final Instant DUE = Instant.parse("2026-03-02T08:14:07Z");
  private static final Answer BROUGHT = new Answer.Brought(new Content.Inline(Octets.EMPTY));

  private final SortedMap<Long, CompletableFuture<Answer>> begun = new TreeMap<>();
  private final PipePartition partition = new PipePartition(0, SweepNote.NONE);

  @Test
  void none_is_begun_before_it_is_due() {
    poll(errand(0));
    assertEquals(List.of(), drain(DUE.minusMillis(1)));
    assertEquals(Optional.of(DUE), partition.due());
    assertEquals(0, begun.size());
  }

  @Test
  void one_that_is_due_soon_does_not_wait_behind_one_that_is_due_late() {
    poll(errand(0, DUE.plusSeconds(60)), errand(1, DUE), errand(2, DUE.plusSeconds(1)));
    assertEquals(Optional.of(DUE), partition.due());
    drain(DUE);
    assertEquals(Set.of(0L, 1L), begun.keySet());
    bring(0);
    bring(1);
    assertEquals(List.of(0L, 1L), drain(DUE));
    assertEquals(Optional.of(DUE.plusSeconds(1)), partition.due());
  }

  @Test
  void what_is_done_at_once_behind_one_does_not_hurry_it() {
    poll(errand(0), step(1));
    assertEquals(List.of(), drain(DUE.minusMillis(1)));
    assertEquals(0, begun.size());
  }

  @Test
  void nobody_waits_for_one_that_is_under_way_and_nothing_passes_it() {
    poll(errand(0), step(1));
    assertEquals(List.of(), drain(DUE));
    assertEquals(Optional.empty(), partition.due());
    bring(0);
    assertEquals(Optional.of(DUE), partition.due());
    assertEquals(List.of(0L, 1L), drain(DUE));
    assertEquals(2, partition.next());
  }

  @Test
  void those_behind_it_are_begun_meanwhile_and_done_in_their_order() {
    poll(errand(0), errand(1));
    drain(DUE);
    bring(1);
    assertEquals(List.of(), drain(DUE));
    bring(0);
    assertEquals(List.of(0L, 1L), drain(DUE));
  }

  @Test
  void only_some_are_under_way_at_a_time() {
    poll(LongStream.range(0, 100).mapToObj(this::errand).toArray(Task[]::new));
    drain(DUE);
    assertEquals(Errands.MOST, begun.size());
  }

  @Test
  void what_could_not_be_brought_is_tried_again_after_a_pause() {
    poll(errand(0));
    drain(DUE);
    answer(0, new Answer.NotNow());
    begun.clear();
    assertEquals(List.of(), drain(DUE));
    assertEquals(Optional.of(DUE.plus(Errands.PAUSE)), partition.due());
    assertEquals(List.of(), drain(DUE.plusSeconds(1)));
    assertEquals(0, begun.size());
    drain(DUE.plus(Errands.PAUSE));
    bring(0);
    assertEquals(List.of(0L), drain(DUE.plus(Errands.PAUSE)));
  }

  @Test
  void what_is_under_way_goes_on_while_its_partition_is_swept() {
    poll(errand(0));
    drain(DUE);
    partition.beginSweep(7, 1);
    bring(0);
    assertEquals(List.of(), drain(DUE));
    partition.swept(List.of(), 1);
    partition.polled(List.of(unbegun(0)), 1);
    assertEquals(List.of(0L), drain(DUE));
  }

  @Test
  void what_a_directive_has_taken_is_not_waited_for() {
    poll(errand(0));
    drain(DUE);
    partition.beginSweep(7, 1);
    partition.swept(List.of(), 1);
    partition.polled(List.of(step(0), errand(1)), 2);
    assertEquals(List.of(0L), drain(DUE));
    partition.committed();
    bring(1);
    assertEquals(List.of(1L), drain(DUE));
  }

  private void bring(long offset) {
    answer(offset, BROUGHT);
  }

  private void answer(long offset, Answer answer) {
    begun.getOrDefault(offset, new CompletableFuture<>()).complete(answer);
  }

  private void poll(Task... tasks) {
    partition.polled(List.of(tasks), tasks.length);
  }

  private List<Long> drain(Instant now) {
    var batch = new ArrayList<Step>();
    partition.drainDue(now, batch, 1_000);
    return batch.stream().map(Step::offset).toList();
  }

  private static Task step(long offset) {
    return new Step(offset, Instant.EPOCH, List.of());
  }

  private Task errand(long offset) {
    return errand(offset, DUE);
  }

  private Task errand(long offset, Instant due) {
    return new Errand(
        offset,
        due,
        () -> begun.computeIfAbsent(offset, _ -> new CompletableFuture<>()),
        answer -> outcome(offset, answer));
  }

  /// One that must have been begun before.
  private static Task unbegun(long offset) {
    return new Errand(
        offset,
        DUE,
        () -> {
          throw new AssertionError("begun twice");
        },
        answer -> outcome(offset, answer));
  }

  private static Optional<Step> outcome(long offset, Answer answer) {
    return answer instanceof Answer.NotNow
        ? Optional.empty()
        : Optional.of(new Step(offset, Instant.EPOCH, List.of()));
  }
}
