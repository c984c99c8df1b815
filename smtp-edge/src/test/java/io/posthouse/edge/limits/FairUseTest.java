package io.posthouse.edge.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.config.Network;
import io.posthouse.edge.limits.FairUseSettings.Share;
import io.posthouse.edge.session.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairUseTest {
  private static final Rate FIVE = Rate.parse("5/1m");
  private static final Rate TEN = Rate.parse("10/1m");

  private long now;
  private final FairUse fairUse =
      new FairUse(
          new FairUseSettings(
              new Share(3, FIVE, FIVE, FIVE, FIVE),
              new Share(4, TEN, TEN, TEN, TEN),
              List.of(Network.parse("10.0.0.0/8")),
              1000),
          () -> now);
  private final List<Place> inside = new ArrayList<>();

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  /// What a client is told that comes and stays; `welcome` if it may.
  private String comes(String client) {
    var place = fairUse.place();
    var refusal = place.take(address(client));
    if (refusal.isEmpty()) inside.add(place);
    return told(refusal);
  }

  private static String told(Optional<Refusal> refusal) {
    return refusal.map(no -> no.check() + " " + no.reply().code()).orElse("welcome");
  }

  private void allLeave() {
    inside.forEach(Place::leave);
    inside.clear();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void an_address_has_so_many_connections_at_a_time() {
    for (int i = 0; i < 3; i++) assertEquals("welcome", comes("192.0.2.1"));
    assertEquals("connections 421", comes("192.0.2.1"));
    inside.removeFirst().leave();
    assertEquals("welcome", comes("192.0.2.1"));
  }

  @Test
  void a_network_has_so_many_connections_at_a_time_whatever_its_addresses() {
    for (int host = 1; host <= 4; host++) assertEquals("welcome", comes("192.0.2." + host));
    assertEquals("connections 421", comes("192.0.2.5"));
    assertEquals("welcome", comes("192.0.3.5"));
  }

  @Test
  void hosts_of_one_64_are_one_network() {
    for (int host = 1; host <= 4; host++) assertEquals("welcome", comes("2001:db8:0:1::" + host));
    assertEquals("connections 421", comes("2001:db8:0:1:ffff::1"));
    assertEquals("welcome", comes("2001:db8:0:2::1"));
  }

  @Test
  void connections_that_come_and_go_are_counted_too() {
    for (int i = 0; i < 5; i++) {
      assertEquals("welcome", comes("192.0.2.1"));
      allLeave();
    }
    assertEquals("connection_rate 421", comes("192.0.2.1"));
    pass(Duration.ofSeconds(12));
    assertEquals("welcome", comes("192.0.2.1"));
  }

  @Test
  void hosts_that_are_exempt_may_do_as_they_like() {
    for (int i = 0; i < 100; i++) assertEquals("welcome", comes("10.1.2.3"));
    inside.forEach(Place::erred);
    assertEquals(Optional.empty(), inside.getFirst().message());
    assertEquals(Optional.empty(), inside.getFirst().recipient());
  }

  @Test
  void messages_and_recipients_are_counted_over_all_sessions_of_an_address() {
    for (int i = 0; i < 5; i++) {
      comes("192.0.2.1");
      assertEquals("welcome", told(inside.getFirst().message()));
      assertEquals("welcome", told(inside.getFirst().recipient()));
      pass(Duration.ofSeconds(1));
      allLeave();
    }
    pass(Duration.ofSeconds(10));
    comes("192.0.2.1");
    assertEquals("welcome", told(inside.getFirst().message()));
    assertEquals("message_rate 450", told(inside.getFirst().message()));
    assertEquals("welcome", told(inside.getFirst().recipient()));
    assertEquals("recipient_rate 452", told(inside.getFirst().recipient()));
    pass(Duration.ofMinutes(1));
    assertEquals("welcome", told(inside.getFirst().message()));
  }

  @Test
  void a_network_shares_its_messages() {
    for (int host = 1; host <= 2; host++) comes("192.0.2." + host);
    for (int i = 0; i < 5; i++)
      for (var place : inside) assertEquals("welcome", told(place.message()));
    comes("192.0.2.3");
    assertEquals("message_rate 450", told(inside.getLast().message()));
  }

  @Test
  void whoever_is_refused_too_often_is_put_off_and_soon_not_let_in() {
    comes("192.0.2.1");
    for (int i = 0; i < 4; i++) inside.getFirst().erred();
    assertEquals("welcome", told(inside.getFirst().recipient()));
    inside.getFirst().erred();
    assertEquals("error_rate 450", told(inside.getFirst().recipient()));
    assertEquals("error_rate 421", comes("192.0.2.1"));
    assertEquals("welcome", comes("192.0.2.2"));
    pass(Duration.ofMinutes(1));
    assertEquals("welcome", comes("192.0.2.1"));
  }

  @Test
  void a_client_that_turns_out_to_be_another_counts_as_that_one_only() {
    for (int i = 0; i < 4; i++) assertEquals("welcome", comes("198.51." + i + ".1"));
    var behindProxy = inside.getFirst();
    assertEquals(Optional.empty(), behindProxy.take(address("192.0.2.1")));
    assertEquals("welcome", comes("192.0.2.1"));
    assertEquals("welcome", comes("192.0.2.1"));
    assertEquals("connections 421", comes("192.0.2.1"));
    behindProxy.leave();
    behindProxy.leave();
    assertEquals("welcome", comes("192.0.2.1"));
  }
}
