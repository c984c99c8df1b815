package io.posthouse.storage.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Listeners.Arrival;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UntoldTest {
  private static final UserId ALICE = new UserId("a".repeat(24));
  private static final UserId BOB = new UserId("b".repeat(24));
  private static final UserId CAROL = new UserId("c".repeat(24));

  private final Untold untold = new Untold(2);

  @Test
  void a_user_is_told_once_of_all_that_came() throws InterruptedException {
    untold.add(List.of(new Arrival(ALICE, "1"), new Arrival(BOB, "2"), new Arrival(ALICE, "3")));
    untold.add(List.of(new Arrival(ALICE, "1")));
    assertEquals(Map.of(ALICE, Set.of("1", "3"), BOB, Set.of("2")), untold.take(9));
  }

  @Test
  void there_is_room_for_more_of_the_same_and_not_for_others() {
    assertEquals(0, untold.add(List.of(new Arrival(ALICE, "1"), new Arrival(BOB, "1"))));
    assertEquals(1, untold.add(List.of(new Arrival(ALICE, "2"), new Arrival(CAROL, "1"))));
    assertEquals(2, untold.size());
  }

  @Test
  void those_who_could_not_be_told_are_still_there() throws InterruptedException {
    untold.add(List.of(new Arrival(ALICE, "1"), new Arrival(BOB, "1")));
    var some = untold.take(1);
    untold.add(List.of(new Arrival(ALICE, "2"), new Arrival(CAROL, "1")));
    untold.untold(some);
    assertEquals(Set.of("1", "2"), untold.take(9).get(ALICE));
  }

  @Test
  void who_is_being_told_is_waited_for() throws InterruptedException {
    untold.add(List.of(new Arrival(ALICE, "1")));
    untold.take(9);
    assertEquals(1, untold.size());
    untold.told();
    untold.awaitNone(60_000);
    assertEquals(0, untold.size());
  }
}
