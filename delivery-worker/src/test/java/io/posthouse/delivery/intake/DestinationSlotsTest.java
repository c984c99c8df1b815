package io.posthouse.delivery.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DestinationSlotsTest {
  private static final Duration NOT_LONG = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void a_destination_has_so_many_slots_and_others_have_theirs() throws InterruptedException {
    var slots = new DestinationSlots(2, NOT_LONG);
    assertTrue(slots.enter("example.net").isPresent());
    assertTrue(slots.enter("example.net").isPresent());
    assertEquals(Optional.empty(), slots.enter("example.net"));
    assertTrue(slots.enter("example.org").isPresent());
  }

  @Test
  void a_slot_that_is_given_back_is_taken_by_the_next() throws InterruptedException {
    var slots = new DestinationSlots(1, LONG);
    var first = slots.enter("example.net").orElseThrow();
    var second = new CompletableFuture<Boolean>();
    var waiting = Thread.startVirtualThread(() -> second.complete(enters(slots)));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    first.close();
    assertTrue(second.join());
  }

  @Test
  void nobody_queues_up_behind_a_destination_that_was_found_slow() throws InterruptedException {
    var slots = new DestinationSlots(1, NOT_LONG);
    var held = slots.enter("example.net").orElseThrow();
    assertEquals(Optional.empty(), slots.enter("example.net"));
    var first = Thread.startVirtualThread(() -> enters(slots));
    await().until(() -> first.getState() == Thread.State.TERMINATED);
    held.close();
    assertEquals(0, slots.busy());
  }

  @Test
  void a_destination_that_nobody_uses_is_forgotten() throws InterruptedException {
    var slots = new DestinationSlots(1, NOT_LONG);
    for (int i = 0; i < 1000; i++) slots.enter("domain" + i + ".example").orElseThrow().close();
    assertEquals(0, slots.busy());
  }

  @Test
  void a_wait_that_would_be_too_long_is_not_begun() {
    var pace = new Pace(2);
    pace.took(Duration.ofSeconds(10));
    assertEquals(Duration.ZERO, pace.waitBehind(0));
    assertEquals(Duration.ofSeconds(5), pace.waitBehind(1));
    assertEquals(Duration.ofSeconds(50), pace.waitBehind(10));
  }

  @Test
  void the_pace_follows_the_latest_deliveries() {
    var pace = new Pace(1);
    pace.took(Duration.ofSeconds(10));
    for (int i = 0; i < 50; i++) pace.took(Duration.ofMillis(1));
    assertTrue(pace.waitBehind(100).compareTo(Duration.ofSeconds(1)) < 0);
  }

  @Test
  void a_wait_in_vain_tells_the_pace_of_those_who_do_not_finish() {
    var pace = new Pace(2);
    pace.waitedInVain(Duration.ofSeconds(5), 9);
    assertTrue(pace.waitBehind(10).compareTo(Duration.ofSeconds(5)) >= 0);
  }

  private static boolean enters(DestinationSlots slots) {
    try {
      return slots.enter("example.net").isPresent();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
