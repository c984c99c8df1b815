package io.posthouse.ops.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.queue.PathPattern;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A message for Carol, Dave and Eve, or Bob, of whom `accepted` names Carol only.
class CandidatesTest {
  private static final QueueId ID = Samples.queueId();

  private final Candidates candidates =
      new Candidates(new Sought(Optional.empty(), Optional.empty(), PathPattern.parse("bob@h")));

  @ParameterizedTest
  @ValueSource(strings = {"delivered", "deferred", "bounced", "expired"})
  void what_became_of_a_recipient_finds_the_message(String event) {
    candidates.add(accepted(ID));
    candidates.consider(event(event, "\"Bob@h\""));
    assertEquals(Set.of(ID), candidates.found());
    assertEquals(Set.of(), candidates.open().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"notified", "directed", "replayed"})
  void so_does_an_event_about_several(String event) {
    candidates.add(accepted(ID));
    candidates.consider(event(event, "[\"dave@h\",\"bob@h\"]"));
    assertEquals(Set.of(ID), candidates.found());
  }

  @Test
  void an_answer_to_somebody_is_not_for_a_recipient() {
    candidates.add(accepted(ID));
    candidates.consider(event("auto_replied", "\"bob@h\""));
    candidates.consider(event("sorted", "\"inbox\""));
    assertEquals(Set.of(), candidates.found());
    assertEquals(Set.of(ID), candidates.open().keySet());
  }

  @Test
  void once_all_recipients_are_known_to_be_others_it_is_none_any_more() {
    candidates.add(accepted(ID));
    candidates.consider(event("deferred", "\"dave@h\""));
    candidates.consider(event("delivered", "\"Dave@h\""));
    candidates.consider(event("delivered", "\"carol@h\""));
    assertEquals(Set.of(ID), candidates.open().keySet());
    candidates.consider(event("delivered", "\"eve@h\""));
    assertEquals(Set.of(), candidates.open().keySet());
    assertEquals(Set.of(), candidates.found());
  }

  @Test
  void of_very_many_the_first_are_kept_and_that_is_said() {
    IntStream.range(0, 1_000).forEach(_ -> candidates.add(accepted(Samples.queueId())));
    assertFalse(candidates.isCut());
    candidates.add(accepted(ID));
    assertTrue(candidates.isCut());
    assertEquals(1_000, candidates.open().size());
  }

  private static EventLine accepted(QueueId id) {
    return EventLine.parse(
            "{\"event\":\"accepted\",\"queue_id\":\"%s\",\"to\":[\"carol@h\"],\"recipients\":3}"
                .formatted(id))
        .orElseThrow();
  }

  private static EventLine event(String name, String to) {
    return EventLine.parse(
            "{\"event\":\"%s\",\"queue_id\":\"%s\",\"to\":%s}".formatted(name, ID, to))
        .orElseThrow();
  }
}
