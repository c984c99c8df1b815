package io.posthouse.edge.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTableTest {
  private static final long ALICE = 1;
  private static final long BOB = 2;

  private final RateTable table = new RateTable(Rate.parse("60/1m"), 1000);
  // A nano clock may begin anywhere and passes its own end.
  private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  /// How many of `wanted` may be.
  private int taken(long key, int wanted) {
    var taken = 0;
    for (int i = 0; i < wanted; i++) if (table.take(key, now)) taken++;
    return taken;
  }

  @Test
  void all_may_come_at_once_and_then_no_more() {
    assertEquals(60, taken(ALICE, 100));
    assertEquals(60, taken(BOB, 100));
  }

  @Test
  void what_is_used_up_comes_back_evenly() {
    assertEquals(60, taken(ALICE, 100));
    pass(10);
    assertEquals(10, taken(ALICE, 100));
    pass(3600);
    assertEquals(60, taken(ALICE, 100));
  }

  @Test
  void what_was_refused_is_not_counted() {
    assertEquals(60, taken(ALICE, 1_000_000));
    pass(1);
    assertEquals(1, taken(ALICE, 100));
  }

  @Test
  void what_has_happened_anyway_is_counted_up_to_twice_the_rate() {
    for (int i = 0; i < 10_000; i++) table.charge(ALICE, now);
    assertTrue(table.isSpent(ALICE, now));
    pass(60);
    assertTrue(table.isSpent(ALICE, now));
    pass(2);
    assertFalse(table.isSpent(ALICE, now));
    pass(60);
    assertEquals(60, taken(ALICE, 100));
  }

  @Test
  void whoever_has_done_nothing_has_used_up_nothing() {
    assertFalse(table.isSpent(ALICE, now));
  }

  @Test
  void a_million_strangers_do_not_make_us_forget_whom_we_hold_back() {
    assertEquals(60, taken(ALICE, 100));
    for (long stranger = 10; stranger < 1_000_010; stranger++) table.take(stranger, now);
    assertEquals(0, taken(ALICE, 1));
  }

  @Test
  void off_is_any_number_and_remembers_nothing() {
    var off = new RateTable(Rate.OFF, 1_000_000_000);
    for (int i = 0; i < 100_000; i++) assertTrue(off.take(ALICE, now));
    off.charge(ALICE, now);
    assertFalse(off.isSpent(ALICE, now));
  }
}
