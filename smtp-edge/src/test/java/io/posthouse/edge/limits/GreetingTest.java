package io.posthouse.edge.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.config.Network;
import io.posthouse.edge.limits.FairUseSettings.Share;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreetingTest {
  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");
  private static final Share ANY = new Share(100, Rate.OFF, Rate.OFF, Rate.OFF, Rate.OFF);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Stress stress = new Stress();
  private long now;

  private Greeting greeting(Duration pause) {
    var exempt = List.of(Network.parse("10.0.0.0/8"));
    return new Greeting(
        new GreetingSettings(pause, true),
        new FairUseSettings(ANY, ANY, exempt, 1000),
        stress,
        () -> now);
  }

  @Test
  void a_stranger_waits_once_a_day() {
    var greeting = greeting(PAUSE);
    assertEquals(PAUSE, greeting.pause(STRANGER));
    assertEquals(PAUSE, greeting.pause(STRANGER));
    greeting.waited(STRANGER);
    assertEquals(Duration.ZERO, greeting.pause(STRANGER));
    assertEquals(PAUSE, greeting.pause(InetAddress.ofLiteral("192.0.2.2")));
    now += Duration.ofHours(25).toNanos();
    assertEquals(PAUSE, greeting.pause(STRANGER));
  }

  @Test
  void those_whom_we_do_not_count_are_greeted_at_once() {
    assertEquals(Duration.ZERO, greeting(PAUSE).pause(InetAddress.ofLiteral("10.1.2.3")));
  }

  @Test
  void nobody_waits_under_stress_or_where_it_is_off() {
    assertEquals(Duration.ZERO, greeting(Duration.ZERO).pause(STRANGER));
    stress.look(0.9);
    assertEquals(Duration.ZERO, greeting(PAUSE).pause(STRANGER));
  }
}
