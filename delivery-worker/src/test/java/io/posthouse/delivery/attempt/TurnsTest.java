package io.posthouse.delivery.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.delivery.attempt.Turns.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The race's schedule; times are nanoseconds of a clock of our own.
class TurnsTest {
  private static final long MS = 1_000_000;

  private final Turns turns = new Turns(Duration.ofMillis(250));

  @Test
  void the_first_starts_at_once_and_the_next_a_moment_later() {
    start(0);
    assertEquals(new Turn.Wait(Duration.ofMillis(250)), turns.next(0));
    assertEquals(new Turn.Wait(Duration.ofMillis(1)), turns.next(249 * MS));
    start(250 * MS);
    assertEquals(new Turn.Wait(Duration.ofMillis(250)), turns.next(250 * MS));
  }

  @Test
  void nobody_waits_for_one_that_has_failed() {
    start(0);
    turns.failed(10 * MS);
    start(10 * MS);
    start(260 * MS);
    turns.failed(270 * MS);
    start(270 * MS);
  }

  @Test
  void when_none_is_left_those_under_way_are_waited_for() {
    start(0);
    start(250 * MS);
    start(500 * MS);
    turns.noneLeft();
    assertInstanceOf(Turn.WaitForAny.class, turns.next(750 * MS));
    turns.failed(800 * MS);
    turns.failed(800 * MS);
    assertInstanceOf(Turn.WaitForAny.class, turns.next(900 * MS));
    turns.failed(30_000 * MS);
    assertInstanceOf(Turn.Over.class, turns.next(30_000 * MS));
  }

  @Test
  void a_race_without_anybody_is_over() {
    assertInstanceOf(Turn.Start.class, turns.next(0));
    turns.noneLeft();
    assertInstanceOf(Turn.Over.class, turns.next(0));
  }

  private void start(long at) {
    assertInstanceOf(Turn.Start.class, turns.next(at));
    turns.started(at);
  }
}
