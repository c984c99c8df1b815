package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.Candidates.State;
import io.posthouse.message.Envelope;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final Recipient ERIN = Samples.remote("erin@example.net");

  private final Candidates candidates = new Candidates();

  @Test
  void each_of_thousands_has_what_was_marked_last() {
    var messages = new ArrayList<Envelope>();
    for (int n = 0; n < 5_000; n++) messages.add(Samples.message(Samples.CAROL, ERIN));
    messages.forEach(candidates::add);
    for (int n = 0; n < messages.size(); n++) {
      if (n % 2 == 0) mark(messages.get(n), Samples.CAROL, State.DELIVERED);
      if (n % 3 == 0) mark(messages.get(n), Samples.CAROL, State.GIVEN_UP);
    }
    for (int n = 0; n < messages.size(); n++) {
      var expected = n % 3 == 0 ? State.GIVEN_UP : n % 2 == 0 ? State.DELIVERED : State.ENDED;
      assertEquals(expected, state(messages.get(n), Samples.CAROL));
      assertEquals(State.ENDED, state(messages.get(n), ERIN));
    }
  }

  @Test
  void what_is_queued_stays_so_whatever_is_told_of_it() {
    var message = Samples.message(Samples.CAROL);
    candidates.add(message);
    mark(message, Samples.CAROL, State.QUEUED);
    mark(message, Samples.CAROL, State.DELIVERED);
    assertEquals(State.QUEUED, state(message, Samples.CAROL));
  }

  @Test
  void one_that_was_added_twice_is_marked_once() {
    var message = Samples.message(Samples.CAROL);
    for (int n = 0; n < 5; n++) candidates.add(message);
    mark(message, Samples.CAROL, State.DELIVERED);
    assertEquals(State.DELIVERED, state(message, Samples.CAROL));
  }

  @Test
  void nothing_is_known_of_others_and_none_comes_late() {
    assertTrue(candidates.isEmpty());
    var message = Samples.message(Samples.CAROL);
    mark(message, Samples.CAROL, State.DELIVERED);
    candidates.add(message);
    assertFalse(candidates.isEmpty());
    assertEquals(State.ENDED, state(message, Samples.CAROL));
    assertEquals(State.ENDED, state(Samples.message(Samples.CAROL), Samples.CAROL));
    assertThrows(IllegalStateException.class, () -> candidates.add(message));
  }

  private void mark(Envelope message, Recipient to, State state) {
    candidates.mark(message.queueId(), to.address().toString(), state);
  }

  private State state(Envelope message, Recipient to) {
    return candidates.of(message.queueId(), to.address().toString());
  }
}
