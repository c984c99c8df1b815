package io.posthouse.ops.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LifeTest {
  private static final QueueId ID = Samples.queueId();

  @Test
  void refusals_by_the_thousand_leave_room_for_what_was_accepted() {
    var life = new Life();
    IntStream.range(0, 20_000).forEach(_ -> life.refused(event("refused", ID)));
    life.about(ID);
    life.add(event("accepted", ID));
    assertEquals(1_000, life.refusals().size());
    assertEquals(List.of(ID), List.copyOf(life.messages().keySet()));
    assertEquals(Set.of(Bound.REFUSALS), life.exceeded());
    assertEquals("there are more than 1,000 refusals", Bound.REFUSALS.exceeded());
  }

  @Test
  void of_very_many_events_of_messages_the_first_are_kept() {
    var life = new Life();
    life.about(ID);
    IntStream.range(0, 10_000).forEach(_ -> life.add(event("deferred", ID)));
    assertEquals(Set.of(), life.exceeded());
    life.add(event("delivered", ID));
    life.refused(event("refused", ID));
    assertEquals(Set.of(Bound.EVENTS), life.exceeded());
    assertEquals(10_000, Objects.requireNonNull(life.messages().get(ID)).size());
    assertEquals(1, life.refusals().size());
  }

  @Test
  void a_hundred_messages_are_looked_up_and_what_is_known_of_already_is_no_other() {
    var life = new Life();
    life.about(ID);
    IntStream.range(1, 100).forEach(_ -> life.about(Samples.queueId()));
    life.about(ID);
    assertEquals(Set.of(), life.exceeded());
    life.about(Samples.queueId());
    assertEquals(Set.of(Bound.MESSAGES), life.exceeded());
    assertEquals(100, life.unread().size());
    assertTrue(life.isEmpty());
  }

  private static EventLine event(String name, QueueId id) {
    return EventLine.parse("{\"event\":\"%s\",\"queue_id\":\"%s\"}".formatted(name, id))
        .orElseThrow();
  }
}
