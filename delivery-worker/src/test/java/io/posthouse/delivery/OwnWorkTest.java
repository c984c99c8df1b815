package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.breaker.Standing;
import io.posthouse.delivery.shaping.Limits;
import io.posthouse.delivery.shaping.Share;
import io.posthouse.delivery.shaping.SiteStanding;
import io.posthouse.node.AtWork;
import io.posthouse.node.BusySite;
import io.posthouse.node.ShutRoad;
import io.posthouse.node.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnWorkTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:15:00Z");

  @Test
  void sites_that_hold_mail_back_are_told_and_the_others_are_not() {
    var sites =
        List.of(
            site("idle:25", 0, 0, 5),
            site("busy:25", 4, 0, 5),
            site("full:25", 5, 0, 5),
            site("longed-for:25", 5, 9, 5));
    assertEquals(
        List.of(
            new BusySite("longed-for:25", 5, 5, 9, "", Optional.empty()),
            new BusySite("full:25", 5, 5, 0, "", Optional.empty())),
        OwnWork.of(Work.NONE, sites, List.of(), NOW).sites().named());
  }

  @Test
  void what_slows_a_site_down_is_told_with_its_end_and_the_worse_of_two() {
    var minute = Optional.of(Duration.ofMinutes(1));
    var hour = Optional.of(Duration.ofHours(1));
    var slow = standing("slow:25", Optional.empty(), Optional.empty(), Optional.of("r"), minute);
    var both = standing("stop:25", Optional.of("s"), hour, Optional.of("r"), minute);
    var told = OwnWork.of(Work.NONE, List.of(slow, both), List.of(), NOW).sites().named();
    assertEquals(
        List.of(
            "0 of 5 busy, slowed down by r until 2026-03-02T08:16:00Z",
            "0 of 5 busy, suspended by s until 2026-03-02T09:15:00Z"),
        told.stream().map(BusySite::text).toList());
  }

  @Test
  void breakers_are_told_the_widest_first() {
    var address = new LeftAlone("mx[192.0.2.1]:25", "connection refused", NOW.plusSeconds(9));
    var road = new LeftAlone("our road to ipv6 (egress pool default)", "no route", NOW);
    var told =
        OwnWork.of(
                Work.NONE,
                List.of(),
                List.of(
                    new Standing(Standing.Kind.ADDRESS, Standing.State.OPEN, address),
                    new Standing(Standing.Kind.EGRESS, Standing.State.SECOND, road)),
                NOW)
            .shut()
            .named();
    assertEquals(
        List.of(
            new ShutRoad(ShutRoad.Kind.EGRESS, road.what(), "second", "no route", NOW),
            new ShutRoad(
                ShutRoad.Kind.ADDRESS,
                address.what(),
                "open",
                "connection refused",
                NOW.plusSeconds(9))),
        told);
  }

  @Test
  void of_ten_thousand_sites_only_those_most_waited_for_have_names() {
    var sites = IntStream.range(0, 10_000).mapToObj(n -> site("mx" + n + ":25", 1, n, 1)).toList();
    var told = OwnWork.of(Work.NONE, sites, List.of(), NOW).sites();
    assertEquals(10_000, told.all());
    assertEquals(AtWork.NAMED, told.named().size());
    assertEquals("mx9999:25", told.named().getFirst().name());
  }

  private static SiteStanding site(String name, int active, int waiting, int window) {
    return new SiteStanding(
        new Share(name, Limits.DEFAULT),
        active,
        waiting,
        window,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static SiteStanding standing(
      String name,
      Optional<String> suspendedBy,
      Optional<Duration> suspendedFor,
      Optional<String> slowedBy,
      Optional<Duration> slowedFor) {
    return new SiteStanding(
        new Share(name, Limits.DEFAULT),
        0,
        0,
        5,
        Duration.ofSeconds(1),
        suspendedBy,
        suspendedFor,
        slowedBy,
        slowedFor);
  }
}
