package io.posthouse.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Ending;
import io.posthouse.message.NextHop;
import io.posthouse.message.Orders;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.FakeTaken;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TakenPartTest {
  private static final Recipient ERIN = Samples.remote("erin@example.net");
  private static final Recipient DAVE = Samples.remote("dave@example.com");
  private static final Directive HOLD =
      Orderings.directive("hold-1", new Act.Hold(), Orderings.domain("example.net"));

  private final FakeTaken whole = new FakeTaken(Orderings.light(ERIN, DAVE));

  @Test
  void those_of_whom_nothing_is_ordered_go_on_together() {
    assertFalse(TakenPart.isOrdered(whole, Directives.NONE));
    var only = TakenPart.of(whole, Directives.NONE);
    assertEquals(1, only.size());
    assertInstanceOf(Course.GoesOn.class, only.getFirst().course());
    assertEquals(whole.envelope(), only.getFirst().envelope());
  }

  @Test
  void some_are_held_and_the_others_go_on() {
    var known = Orderings.table(HOLD);
    assertTrue(TakenPart.isOrdered(whole, known));
    var parts = TakenPart.of(whole, known);
    assertEquals(
        List.of(new Course.Held(), new Course.GoesOn()),
        parts.stream().map(TakenPart::course).toList());
    assertEquals(List.of(ERIN), parts.getFirst().envelope().recipients());
    assertEquals(List.of(DAVE), parts.getLast().envelope().recipients());
  }

  @Test
  void the_message_is_settled_when_all_of_its_parts_are() {
    var parts = TakenPart.of(whole, Orderings.table(HOLD));
    parts.getLast().settle();
    parts.getLast().settle();
    assertFalse(whole.isSettled(), "one of them twice is not both");
    parts.getFirst().settle();
    assertTrue(whole.isSettled());
  }

  @ParameterizedTest
  @CsvSource({"BOUNCE, true", "DROP, false"})
  void who_is_ended_says_whether_the_sender_is_told(Act.Kind kind, boolean told) {
    var act = kind == Act.Kind.BOUNCE ? new Act.Bounce() : new Act.Drop();
    var course = TakenPart.of(whole, Orderings.table(Orderings.directive(act))).getFirst().course();
    assertEquals(told, assertInstanceOf(Course.Ended.class, course).ending().told());
  }

  @Test
  void what_was_to_be_ended_before_it_came_here_still_is() {
    var ending = new Ending("drop-1", false, "as you asked", "olga");
    var orders = new Orders(7, Optional.empty(), Optional.of(ending));
    var brought = new FakeTaken(whole.envelope().ordered(orders));
    assertTrue(TakenPart.isOrdered(brought, Directives.NONE));
    var only = TakenPart.of(brought, Directives.NONE).getFirst();
    assertEquals(new Course.Ended(ending), only.course());
    assertEquals(List.of(), only.part().by());
  }

  @Test
  void who_is_sent_elsewhere_goes_on_with_the_next_hop() {
    var elsewhere = new NextHop(ERIN.address().domain(), 25);
    var reroute = Orderings.directive(new Act.Reroute(elsewhere));
    var only = TakenPart.of(whole, Orderings.table(reroute)).getFirst();
    assertInstanceOf(Course.GoesOn.class, only.course());
    assertEquals(Optional.of(elsewhere), only.envelope().orders().nextHop());
  }
}
