package io.posthouse.delivery.shaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = new Window(Limits.DEFAULT, 20);

  @Test
  void success_opens_it_fast_until_something_fails_and_slowly_afterwards() {
    assertEquals(5, window.size());
    worked(5);
    assertEquals(10, window.size());
    window.failed();
    assertEquals(9, window.size());
    worked(9);
    assertEquals(9, window.size());
    worked(1);
    assertEquals(10, window.size(), "one more after as many successes as it is wide");
    worked(1000);
    assertEquals(20, window.size(), "never above most");
  }

  @Test
  void the_first_failure_of_a_run_closes_it_a_bit_and_then_each_cohort_does() {
    window.failed();
    assertEquals(4, window.size());
    failed(3);
    assertEquals(4, window.size(), "a cohort is as many as it is wide");
    failed(1);
    assertEquals(3, window.size());
    failed(1000);
    assertEquals(1, window.size(), "never below one");
  }

  @Test
  void one_failing_delivery_in_ten_leaves_it_open() {
    for (int i = 0; i < 1000; i++) {
      worked(9);
      window.failed();
    }
    assertEquals(true, window.size() >= 5, () -> "size " + window.size());
  }

  @Test
  void it_is_halved_but_not_below_the_least() {
    worked(100);
    window.halve();
    assertEquals(10, window.size());
    for (int i = 0; i < 10; i++) window.halve();
    assertEquals(1, window.size());
  }

  @Test
  void what_is_promised_to_those_who_wait_is_what_it_may_become() {
    assertEquals(20, window.promise(20));
    window.failed();
    assertEquals(4, window.promise(20));
  }

  @Test
  void a_site_is_proven_while_its_last_answer_was_a_good_one() {
    assertFalse(window.isProven());
    worked(1);
    assertTrue(window.isProven());
    window.failed();
    assertFalse(window.isProven());
    worked(1);
    assertTrue(window.isProven());
  }

  @Test
  void when_the_cluster_grows_it_closes_to_the_part_of_this_worker() {
    worked(100);
    window.worked(7);
    assertEquals(7, window.size());
  }

  private void worked(int times) {
    for (int i = 0; i < times; i++) window.worked(20);
  }

  private void failed(int times) {
    for (int i = 0; i < times; i++) window.failed();
  }
}
