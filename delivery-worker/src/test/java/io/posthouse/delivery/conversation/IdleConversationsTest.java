package io.posthouse.delivery.conversation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.posthouse.delivery.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleConversationsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final List<Dialogue> hosts = new ArrayList<>();
  private final IdleConversations idle = new IdleConversations();

  @Test
  void the_latest_is_taken_first_so_that_those_not_needed_grow_old() {
    var reuse = new Reuse(100, LONG, 20);
    var first = conversation();
    var second = conversation();
    idle.park(first, reuse);
    idle.park(second, reuse);
    assertSame(second, idle.take(Dialogue.mx(), Dialogue.APPROACH).orElseThrow());
    assertSame(first, idle.take(Dialogue.mx(), Dialogue.APPROACH).orElseThrow());
    assertEquals(Optional.empty(), idle.take(Dialogue.mx(), Dialogue.APPROACH));
  }

  @Test
  void one_that_was_opened_otherwise_is_left_alone() {
    var reuse = new Reuse(100, LONG, 20);
    idle.park(conversation(), reuse);
    var clear = new Approach(new Security.Clear());
    assertEquals(Optional.empty(), idle.take(Dialogue.mx(), clear));
    assertEquals(1, idle.size());
  }

  @Test
  void more_than_the_limit_of_one_address_are_taken_leave_of() {
    var reuse = new Reuse(100, LONG, 1);
    idle.park(conversation(), reuse);
    idle.park(conversation(), reuse);
    assertEquals(1, idle.size());
    awaitFarewell(hosts.getLast());
  }

  @Test
  void one_that_waited_too_long_is_taken_leave_of() {
    var reuse = new Reuse(100, Duration.ofNanos(1), 20);
    idle.park(conversation(), reuse);
    idle.dismissStale();
    assertEquals(0, idle.size());
    awaitFarewell(hosts.getFirst());
  }

  @Test
  void one_that_served_its_number_of_messages_is_taken_leave_of() {
    var reuse = new Reuse(0, LONG, 20);
    idle.park(conversation(), reuse);
    assertEquals(0, idle.size());
    awaitFarewell(hosts.getFirst());
  }

  @Test
  void at_the_end_every_host_is_taken_leave_of() throws InterruptedException {
    var reuse = new Reuse(100, LONG, 20);
    idle.park(conversation(), reuse);
    idle.park(conversation(), reuse);
    idle.close(LONG);
    hosts.forEach(host -> host.assertPlayed(true));
    idle.park(conversation(), reuse);
    assertEquals(0, idle.size(), "closed");
  }

  private Conversation conversation() {
    var host =
        new Dialogue(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            C: QUIT
            S: 221 Bye
            """);
    hosts.add(host);
    var opening = host.conversation().open("us.example.org");
    return assertInstanceOf(Opening.Open.class, opening).conversation();
  }

  private static void awaitFarewell(Dialogue host) {
    await().untilAsserted(() -> host.assertPlayed(true));
  }
}
