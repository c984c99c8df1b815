package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import org.junit.jupiter.api.Test;

class UnkeptTest {
  private final Unkept unkept = new Unkept();
  private final QueueId message = Samples.queueId();

  @Test
  void nothing_is_to_be_waited_for_where_nothing_is_on_its_way() {
    unkept.add(Samples.queueId());
    assertTrue(isKept());
  }

  @Test
  void a_message_is_kept_when_the_last_of_it_has_arrived() {
    unkept.add(message);
    unkept.add(message);
    var kept = unkept.kept(message).toCompletableFuture();
    unkept.remove(message);
    assertFalse(kept.isDone());
    assertEquals(1, unkept.events());
    unkept.remove(message);
    assertTrue(kept.isDone());
    assertEquals(0, unkept.messages());
  }

  @Test
  void what_comes_later_is_waited_for_by_those_who_ask_later() {
    unkept.add(message);
    var first = unkept.kept(message).toCompletableFuture();
    unkept.remove(message);
    unkept.add(message);
    assertTrue(first.isDone());
    assertFalse(isKept());
  }

  @Test
  void who_waits_cannot_end_the_wait_of_others() {
    unkept.add(message);
    assertTrue(unkept.kept(message).toCompletableFuture().complete(null));
    assertFalse(isKept());
  }

  private boolean isKept() {
    return unkept.kept(message).toCompletableFuture().isDone();
  }
}
