package io.posthouse.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class QueueIdsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:14:07.412Z");

  private Instant now = NOW;
  private final QueueIds ids = new QueueIds(() -> now, 1);

  @Test
  void an_id_tells_the_time_it_was_made() {
    assertEquals(NOW, ids.next().arrived());
  }

  @Test
  void ids_grow_even_when_the_clock_goes_back() {
    var last = ids.next();
    for (int i = 0; i < 10_000; i++) {
      if (i % 1000 == 999) now = now.minusSeconds(1);
      var next = ids.next();
      assertTrue(next.compareTo(last) > 0, last + " then " + next);
      last = next;
    }
  }

  @Test
  void a_millisecond_with_more_than_1024_messages_borrows_from_the_next() {
    for (int i = 0; i < 1024; i++) assertEquals(NOW, ids.next().arrived());
    assertEquals(NOW.plusMillis(1), ids.next().arrived());
  }

  @Test
  void ids_of_two_processes_differ_in_the_same_millisecond() {
    var others = new QueueIds(() -> now, 2);
    var all = new HashSet<QueueId>();
    for (int i = 0; i < 1024; i++) all.addAll(List.of(ids.next(), others.next()));
    assertEquals(2048, all.size());
  }

  @Test
  void a_clock_that_was_never_set_makes_ids_too() {
    now = Instant.EPOCH;
    assertTrue(ids.next().compareTo(ids.next()) < 0);
  }

  @Test
  void many_threads_never_make_the_same_id() throws InterruptedException, ExecutionException {
    var all = new HashSet<QueueId>();
    Callable<List<QueueId>> thousand = () -> Stream.generate(ids::next).limit(1000).toList();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var some : threads.invokeAll(List.of(thousand, thousand, thousand, thousand)))
        all.addAll(some.get());
    }
    assertEquals(4000, all.size());
  }
}
