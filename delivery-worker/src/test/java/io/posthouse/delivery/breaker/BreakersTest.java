package io.posthouse.delivery.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  @Test
  void silence_costs_so_much_that_once_is_enough() {
    report(new Health.Silent("no sign for 30 s while connecting"));
    assertTrue(breakers.of(MX).ask().isEmpty());
  }

  @Test
  void one_failure_says_little_while_others_are_under_way() {
    var others = Stream.generate(() -> permit()).limit(5).toList();
    report(new Health.Silent("no sign for 30 s"));
    assertFalse(breakers.of(MX).isOpen());
    others.getFirst().report(new Health.Silent("no sign for 30 s"));
    others.get(1).report(new Health.Silent("no sign for 30 s"));
    assertFalse(breakers.of(MX).isOpen(), "three have failed, and three are under way");
    others.get(2).report(new Health.Silent("no sign for 30 s"));
    assertTrue(breakers.of(MX).isOpen(), "more have failed than are under way");
  }

  @Test
  void each_probe_in_vain_doubles_the_time_up_to_a_limit() {
    fail(3);
    for (var minutes : List.of(1, 2, 4, 8, 15, 15)) {
      var until = breakers.of(MX).leftAlone().until();
      var pause = Duration.between(now, until);
      var most = Duration.ofMinutes(minutes);
      assertTrue(
          pause.compareTo(most) <= 0 && pause.compareTo(most.multipliedBy(9).dividedBy(10)) >= 0,
          pause::toString);
      now = until.minusMillis(1);
      assertTrue(breakers.of(MX).ask().isEmpty(), "not yet");
      now = until.plusMillis(1);
      fail(1);
    }
  }

  @Test
  void a_probe_is_over_as_soon_as_the_host_talks() {
    fail(3);
    now = now.plusSeconds(61);
    var probe = permit();
    probe.talks();
    assertTrue(breakers.of(MX).ask().isPresent(), "while the probe delivers its message");
  }

  @Test
  void a_probe_that_is_lost_after_the_host_talked_closes_the_road_again() {
    fail(3);
    now = now.plusSeconds(61);
    var probe = permit();
    probe.talks();
    probe.report(new Health.Fails("lost while sending the content"));
    assertTrue(breakers.of(MX).isOpen());
    var pause = Duration.between(now, breakers.of(MX).leftAlone().until());
    assertTrue(pause.compareTo(Duration.ofMinutes(1)) > 0, "and for longer: " + pause);
  }

  @Test
  void who_began_before_the_road_was_closed_is_no_probe() {
    var before = permit();
    fail(3);
    now = now.plusSeconds(61);
    var probe = permit();
    before.report(new Health.Fails("lost"));
    assertTrue(breakers.of(MX).ask().isEmpty(), "the probe is under way");
    probe.report(new Health.Works());
    assertFalse(breakers.of(MX).isOpen());
  }

  @Test
  void only_the_first_report_counts() {
    var permit = permit();
    for (int i = 0; i < 5; i++) permit.report(new Health.Fails("refused"));
    assertFalse(breakers.of(MX).isOpen());
  }

  @Test
  void an_operator_sees_what_is_left_alone_and_why() {
    fail(3);
    var standing = breakers.standings().toList();
    assertEquals(1, standing.size());
    assertEquals(breakers.standing(MX), Optional.of(standing.getFirst()));
    assertTrue(
        standing
            .getFirst()
            .toString()
            .matches(
                "address mx.example.net\\[192.0.2.25]:25 open until 2026-03-02T08:15:0.*Z: timed out"),
        standing::toString);
    assertEquals(Optional.empty(), breakers.standing(mx("192.0.2.26", 25)));
  }

  private Breaker.Permit permit() {
    return breakers.of(MX).ask().orElseThrow();
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
