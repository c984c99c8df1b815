package io.posthouse.edge.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.limits.Stress.Change;
import org.junit.jupiter.api.Test;

class StressTest {
  private final Stress stress = new Stress();

  @Test
  void it_begins_late_and_ends_later() {
    assertEquals(Change.NONE, stress.look(0.79));
    assertFalse(stress.isOn());
    assertEquals(Change.BEGINS, stress.look(0.8));
    assertTrue(stress.isOn());
    assertEquals(Change.NONE, stress.look(0.61));
    assertEquals(Change.NONE, stress.look(1.3));
    assertEquals(Change.ENDS, stress.look(0.59));
    assertEquals(Change.NONE, stress.look(0.79));
  }
}
