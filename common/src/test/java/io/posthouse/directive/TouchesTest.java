package io.posthouse.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Ending;
import io.posthouse.message.NextHop;
import io.posthouse.message.Orders;
import io.posthouse.message.Samples;
import io.posthouse.queue.FakeTaken;
import io.posthouse.queue.QueueFilter;
import io.posthouse.telemetry.MailEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TouchesTest {
  private static final NextHop ELSEWHERE = NextHop.parse("mail.example.org").orElseThrow();
  private static final Directives ORDERED =
      Orderings.table(
          Orderings.directive("reroute-1", new Act.Reroute(ELSEWHERE), QueueFilter.EVERYTHING),
          Orderings.directive("drop-1", new Act.Drop(), QueueFilter.EVERYTHING));
  private static final Ending ENDING = new Ending("drop-1", false, "as you asked", "olga");

  private final FakeTaken message = new FakeTaken(Orderings.light(Samples.CAROL));

  @Test
  void who_passes_a_message_on_to_be_ended_says_only_what_else_was_done() {
    assertEquals(List.of(new Act.Reroute(ELSEWHERE)), acts(Touches.events(part(ORDERED))));
  }

  @Test
  void who_ends_it_says_so_once_whether_it_was_ordered_here_or_before() {
    var here = part(ORDERED);
    var ending = here.envelope().orders().ending().orElseThrow();
    assertEquals(
        List.of(new Act.Reroute(ELSEWHERE), new Act.Drop()), acts(Touches.events(here, ending)));

    var orders = new Orders(7, Optional.empty(), Optional.of(ENDING));
    var brought =
        TakenPart.of(new FakeTaken(message.envelope().ordered(orders)), Directives.NONE).getFirst();
    assertEquals(
        List.of(
            new MailEvent.Directed(
                message.envelope().queueId(),
                List.of(Samples.CAROL.address()),
                new Act.Drop(),
                "drop-1",
                "olga",
                "as you asked")),
        Touches.events(brought.part(), ENDING));
  }

  private Part part(Directives known) {
    return TakenPart.of(message, known).getFirst().part();
  }

  private static List<Act> acts(List<MailEvent> events) {
    return events.stream().map(event -> ((MailEvent.Directed) event).act()).toList();
  }
}
