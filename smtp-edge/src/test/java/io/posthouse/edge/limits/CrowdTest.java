package io.posthouse.edge.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CrowdTest {
  private final Crowd crowd = new Crowd(2);

  @Test
  void whoever_was_not_let_in_leaves_no_trace() {
    assertTrue(crowd.enter(1));
    assertTrue(crowd.enter(1));
    for (int i = 0; i < 100; i++) assertFalse(crowd.enter(1));
    crowd.leave(1);
    assertTrue(crowd.enter(1));
  }

  @Test
  void nothing_is_kept_of_those_who_have_gone() {
    for (long key = 0; key < 100_000; key++) assertTrue(crowd.enter(key));
    for (long key = 0; key < 100_000; key++) crowd.leave(key);
    assertEquals(0, crowd.size());
  }

  @Test
  void a_node_bears_so_many_and_tells_how_full_it_is() {
    var capacity = new Capacity(2);
    assertTrue(capacity.take());
    assertEquals(0.5, capacity.share());
    assertTrue(capacity.take());
    assertFalse(capacity.take());
    capacity.give();
    assertTrue(capacity.take());
  }
}
