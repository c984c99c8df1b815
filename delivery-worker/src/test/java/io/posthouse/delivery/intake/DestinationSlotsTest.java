package io.posthouse.delivery.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DestinationSlotsTest {
  private static final Duration NOT_LONG = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void a_destination_has_so_many_slots_and_others_have_theirs() throws InterruptedException {
    var slots = new DestinationSlots(NOT_LONG);
    assertTrue(slots.enter("example.net", 2).isPresent());
    assertTrue(slots.enter("example.net", 2).isPresent());
    assertEquals(Optional.empty(), slots.enter("example.net", 2));
    assertTrue(slots.enter("example.org", 2).isPresent());
  }

  @Test
  void everybody_who_waits_gets_a_slot_that_was_given_back() throws InterruptedException {
    var slots = new DestinationSlots(LONG);
    var first = slots.enter("example.net", 1).orElseThrow();
    var entered = new AtomicInteger();
    var waiting = new ArrayList<Thread>();
    for (int i = 0; i < 50; i++)
      waiting.add(Thread.startVirtualThread(() -> enterAndLeave(slots, entered)));
    await().until(() -> waiting.stream().allMatch(DestinationSlotsTest::waits));
    first.close();
    for (var thread : waiting) thread.join();
    assertEquals(50, entered.get());
    assertEquals(0, slots.busy());
  }

  @Test
  void a_destination_that_nobody_uses_is_forgotten() throws InterruptedException {
    var slots = new DestinationSlots(NOT_LONG);
    for (int i = 0; i < 1000; i++) slots.enter("domain" + i + ".example", 1).orElseThrow().close();
    assertEquals(0, slots.busy());
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static void enterAndLeave(DestinationSlots slots, AtomicInteger entered) {
    try (var _ = slots.enter("example.net", 1).orElseThrow()) {
      entered.incrementAndGet();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
