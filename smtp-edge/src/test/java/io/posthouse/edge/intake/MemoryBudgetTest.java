package io.posthouse.edge.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);
  private final List<String> woken = new ArrayList<>();

  private MemoryBudget.Share share(String name) {
    return budget.open(() -> woken.add(name));
  }

  @Test
  void above_the_limit_a_share_waits_until_there_is_room() {
    var first = share("first");
    var second = share("second");
    assertTrue(first.grow(90));
    assertFalse(second.grow(20));
    first.shrink(30);
    assertEquals(List.of("second"), woken);
    assertEquals(80, budget.used());
  }

  @Test
  void somebody_always_goes_on() {
    var first = share("first");
    var second = share("second");
    assertTrue(first.grow(60));
    assertFalse(second.grow(60));
    assertTrue(first.grow(60), "the last one who does not wait must not wait");
    first.close();
    assertEquals(List.of("second"), woken);
  }

  @Test
  void when_all_who_went_on_have_gone_one_of_those_who_wait_goes_on() {
    var first = share("first");
    var second = share("second");
    var third = share("third");
    assertTrue(first.grow(10));
    assertFalse(second.grow(200));
    assertFalse(third.grow(200));
    first.close();
    assertEquals(List.of("second"), woken);
    second.close();
    assertEquals(List.of("second", "third"), woken);
  }

  @Test
  void a_share_gives_back_all_it_holds_once() {
    var share = share("only");
    share.grow(70);
    share.close();
    share.close();
    share.shrink(70);
    assertEquals(0, budget.used());
  }

  @Test
  void the_last_tenth_is_for_messages_that_have_begun() {
    var share = share("only");
    share.grow(89);
    assertTrue(budget.hasRoom());
    share.grow(1);
    assertFalse(budget.hasRoom());
  }
}
