package io.posthouse.delivery.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakersTest {
  private static final MxHost MX = mx("192.0.2.25", 25);

  private Instant now = Instant.parse("2026-03-02T08:14:07Z");
  private final Breakers breakers =
      new Breakers(
          new BreakerSettings(3, Duration.ofMinutes(1), Duration.ofMinutes(15), 100), () -> now);

  @Test
  void an_address_that_fails_again_and_again_is_left_alone() {
    fail(3);
    assertTrue(breakers.of(MX).ask().isEmpty());
    assertEquals("timed out", breakers.of(MX).leftAlone().why());
    assertEquals(1, breakers.open(Standing.Kind.ADDRESS));
  }

  @Test
  void other_addresses_and_ports_are_not_left_alone() {
    fail(3);
    assertTrue(breakers.of(mx("192.0.2.26", 25)).ask().isPresent());
    assertTrue(breakers.of(mx("192.0.2.25", 26)).ask().isPresent());
  }

  @Test
  void a_success_in_between_keeps_the_road_open() {
    fail(2);
    report(new Health.Works());
    fail(2);
    assertTrue(breakers.of(MX).ask().isPresent());
  }

  @Test
  void what_says_nothing_about_the_host_is_not_held_against_it() {
    for (int i = 0; i < 10; i++) report(new Health.Unknown());
    assertTrue(breakers.of(MX).ask().isPresent());
  }

  @Test
  void after_a_while_one_conversation_finds_out() {
    fail(3);
    now = now.plusSeconds(61);
    var probe = breakers.of(MX).ask();
    assertTrue(probe.isPresent());
    assertTrue(breakers.of(MX).ask().isEmpty(), "one at a time");
    probe.get().report(new Health.Works());
    assertTrue(breakers.of(MX).ask().isPresent());
    assertEquals(0, breakers.open(Standing.Kind.ADDRESS));
  }

  @Test
  void a_probe_that_fails_closes_the_road_again() {
    fail(3);
    now = now.plusSeconds(61);
    fail(1);
    assertFalse(breakers.of(MX).ask().isPresent());
  }

  @Test
  void a_probe_that_says_nothing_leaves_the_question_open() {
    fail(3);
    now = now.plusSeconds(61);
    report(new Health.Unknown());
    assertTrue(breakers.of(MX).ask().isPresent());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) report(new Health.Fails("timed out"));
  }

  private void report(Health health) {
    breakers.of(MX).ask().orElseThrow().report(health);
  }

  private static MxHost mx(String address, int port) {
    return new MxHost("mx.example.net", InetAddress.ofLiteral(address), port);
  }
}
