package io.posthouse.delivery.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.breaker.Standing.Kind;
import io.posthouse.delivery.breaker.Standing.State;
import io.posthouse.delivery.routing.Site;
import io.posthouse.smtp.Family;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyTrialTest {
  private static final Site SITE = new Site("mx.example.net:25");
  private static final Health SILENT = new Health.Silent("no sign for 30 s");
  private static final Health REFUSED = new Health.Fails("refused");

  private Instant now = Instant.parse("2026-03-02T08:14:07Z");
  private final Breakers breakers =
      new Breakers(
          new BreakerSettings(3, Duration.ofMinutes(1), Duration.ofMinutes(15), 100), () -> now);

  @Test
  void a_family_is_left_alone_when_all_its_addresses_failed() {
    inVain(SITE, SILENT, true);
    try (var next = ipv6(SITE)) {
      assertEquals(
          "ipv6 of mx.example.net:25 is left alone: no sign for 30 s",
          next.refusal().orElseThrow().toString());
    }
    assertEquals(1, breakers.open(Kind.SITE));
    try (var other = breakers.trial(SITE, "any", Family.IPV4)) {
      assertTrue(other.refusal().isEmpty(), "the other family");
    }
  }

  @Test
  void to_see_whether_a_family_is_left_alone_takes_no_permit() {
    inVain(SITE, SILENT, true);
    try (var trial = ipv6(SITE)) {
      assertTrue(trial.leftAlone().isPresent());
      now = now.plusSeconds(61);
      assertTrue(trial.leftAlone().isEmpty(), "a probe is due");
      assertTrue(ipv6(SITE).refusal().isEmpty(), "and still free");
      assertTrue(trial.leftAlone().isPresent(), "while it is under way");
    }
  }

  @Test
  void addresses_that_were_not_tried_might_work() {
    for (int i = 0; i < 10; i++) inVain(SITE, SILENT, false);
    try (var next = ipv6(SITE)) {
      assertTrue(next.refusal().isEmpty());
      assertFalse(next.goesFirst(), "but not before the other family");
    }
  }

  @Test
  void a_family_of_which_one_address_talks_is_not_left_alone() {
    for (int i = 0; i < 10; i++)
      try (var trial = ipv6(SITE)) {
        assertTrue(trial.refusal().isEmpty());
        trial.fails(SILENT);
        trial.talks();
        trial.failsEverywhere();
      }
    assertEquals(0, breakers.open(Kind.SITE));
  }

  @Test
  void refusals_are_cheap_so_it_takes_three() {
    inVain(SITE, REFUSED, true);
    inVain(SITE, REFUSED, true);
    assertEquals(0, breakers.open(Kind.SITE));
    inVain(SITE, REFUSED, true);
    assertEquals(1, breakers.open(Kind.SITE));
  }

  @Test
  void without_a_road_a_family_is_left_alone_everywhere_and_no_host_is_blamed() {
    for (int i = 0; i < 3; i++) noRoad(site(i));
    assertEquals(1, breakers.open(Kind.EGRESS));
    assertEquals(0, breakers.open(Kind.SITE));
    try (var next = ipv6(site(17))) {
      assertEquals(
          "our road to ipv6 (egress pool any) is left alone: Network is unreachable",
          next.refusal().orElseThrow().toString());
    }
  }

  @Test
  void a_road_that_comes_back_is_found_by_itself() {
    for (int i = 0; i < 3; i++) noRoad(site(i));
    now = now.plusSeconds(61);
    try (var probe = ipv6(SITE);
        var other = ipv6(site(1))) {
      assertTrue(probe.refusal().isEmpty());
      assertTrue(other.refusal().isPresent(), "one at a time");
      probe.answers();
      assertTrue(other.refusal().isEmpty(), "before the probe is over");
    }
    assertEquals(0, breakers.open(Kind.EGRESS));
  }

  @Test
  void a_missing_road_is_looked_for_every_minute_however_long_it_is_missing() {
    for (int i = 0; i < 3; i++) noRoad(site(i));
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(61);
      noRoad(SITE);
    }
    now = now.plusSeconds(61);
    try (var next = ipv6(SITE)) {
      assertTrue(next.refusal().isEmpty());
    }
  }

  @Test
  void a_site_that_our_road_leads_to_is_not_given_up_for_others() {
    try (var trial = ipv6(SITE)) {
      assertTrue(trial.refusal().isEmpty());
      trial.talks();
    }
    for (int i = 0; i < 3; i++) noRoad(site(i));
    try (var next = ipv6(SITE)) {
      assertTrue(next.refusal().isEmpty());
    }
  }

  @Test
  void sites_that_do_not_answer_never_close_our_road() {
    for (int i = 0; i < 50; i++) inVain(site(i), SILENT, true);
    assertEquals(0, breakers.open(Kind.EGRESS));
    try (var next = ipv6(site(99))) {
      assertTrue(next.refusal().isEmpty());
    }
  }

  @Test
  void a_family_late_at_three_sites_goes_second_at_all() {
    for (int i = 0; i < 2; i++) overtaken(site(i));
    overtaken(site(1));
    assertTrue(goesFirst(SITE), "late at two");
    overtaken(site(2));
    assertFalse(goesFirst(SITE));
    assertEquals(State.SECOND, breakers.standings().findFirst().orElseThrow().state());
  }

  @Test
  void after_ten_minutes_one_race_finds_out_whether_a_family_is_still_late() {
    overtaken(SITE);
    now = now.plus(Precedence.SECOND_FOR);
    assertTrue(goesFirst(SITE));
    assertFalse(goesFirst(SITE), "meanwhile");
    overtaken(SITE);
    now = now.plus(Precedence.SECOND_FOR).minusSeconds(1);
    assertFalse(goesFirst(SITE));
  }

  @Test
  void a_family_that_talks_goes_first_again() {
    overtaken(SITE);
    try (var trial = ipv6(SITE)) {
      trial.talks();
    }
    assertTrue(goesFirst(SITE));
    assertEquals(List.of(), breakers.standings(SITE));
  }

  @Test
  void what_was_permitted_is_given_back_whatever_happens() {
    inVain(SITE, SILENT, true);
    for (int i = 0; i < 5; i++) {
      now = now.plus(Duration.ofMinutes(16));
      try (var trial = ipv6(SITE)) {
        assertTrue(trial.refusal().isEmpty(), "probe " + i);
      }
    }
  }

  private void inVain(Site site, Health health, boolean everywhere) {
    try (var trial = ipv6(site)) {
      assertTrue(trial.refusal().isEmpty());
      trial.fails(health);
      if (everywhere) trial.failsEverywhere();
    }
  }

  private void noRoad(Site site) {
    try (var trial = ipv6(site)) {
      assertTrue(trial.refusal().isEmpty());
      trial.noRoad("Network is unreachable");
      trial.failsEverywhere();
    }
  }

  private void overtaken(Site site) {
    try (var trial = ipv6(site)) {
      trial.isOvertaken("another answered first, after 250 ms");
    }
  }

  private boolean goesFirst(Site site) {
    try (var trial = ipv6(site)) {
      return trial.goesFirst();
    }
  }

  private FamilyTrial ipv6(Site site) {
    return breakers.trial(site, "any", Family.IPV6);
  }

  private static Site site(int number) {
    return new Site("mx" + number + ".example.org:25");
  }
}
