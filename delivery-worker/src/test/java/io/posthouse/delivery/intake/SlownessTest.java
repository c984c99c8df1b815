package io.posthouse.delivery.intake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SlownessTest {
  private final Slowness slowness = new Slowness(20);

  @Test
  void everybody_may_wait_for_a_destination_that_was_never_found_slow() {
    assertTrue(slowness.allowsToWait(10_000));
  }

  @Test
  void only_a_few_wait_for_a_destination_for_which_somebody_waited_in_vain() {
    slowness.waitedInVain();
    assertTrue(slowness.allowsToWait(19));
    assertFalse(slowness.allowsToWait(20));
  }

  @Test
  void a_destination_that_nobody_waits_for_any_longer_is_slow_no_longer() {
    slowness.waitedInVain();
    slowness.entered(3);
    assertFalse(slowness.allowsToWait(20));
    slowness.entered(0);
    assertTrue(slowness.allowsToWait(10_000));
  }
}
