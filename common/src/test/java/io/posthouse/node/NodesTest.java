package io.posthouse.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodesTest {
  private static final Instant NOW = Beats.NOW;

  @Test
  void a_message_is_found_where_it_is_by_its_id_and_destination() {
    var nodes = new Nodes(List.of(Beats.worker("worker-1")), NOW);
    var there =
        assertInstanceOf(
            Whereabouts.UnderWay.class, nodes.find(Beats.FIRST, "example.net").orElseThrow());
    assertEquals("worker-1", there.node());
    assertEquals("mx1.example.net[192.0.2.1]:25", there.message().to());
    var inLine =
        assertInstanceOf(
            Whereabouts.InLine.class, nodes.find(Beats.SECOND, "example.net").orElseThrow());
    assertEquals(3, inLine.message().before());
    assertEquals(20, inLine.site().orElseThrow().most());
    assertEquals(Optional.empty(), nodes.find(Beats.FIRST, "example.org"), "another part of it");
  }

  @Test
  void what_a_silent_or_stopped_node_has_said_is_not_believed() {
    var later = NOW.plusSeconds(28);
    var silent = new Nodes(List.of(Beats.worker("worker-1")), later);
    assertEquals(1, silent.silent().size());
    assertEquals(List.of(), silent.alive());
    assertEquals(Optional.empty(), silent.find(Beats.FIRST, "example.net"));
    assertEquals(Optional.empty(), silent.asOf());
    var stopped = Beats.of("w", NodeRole.DELIVER, NodeState.STOPPED, "", Beats.busy());
    var gone = new Nodes(List.of(stopped), later);
    assertEquals(List.of(), gone.silent(), "it has said goodbye");
    assertEquals(List.of(), gone.alive());
    assertEquals(1, gone.all().size());
  }

  @Test
  void who_has_been_gone_for_a_week_is_missed_no_more() {
    var beats = List.of(Beats.worker("worker-1"));
    assertEquals(1, new Nodes(beats, NOW.plus(Duration.ofDays(6))).silent().size());
    assertEquals(List.of(), new Nodes(beats, NOW.plus(Duration.ofDays(7))).all());
  }

  @Test
  void silence_begins_after_thirty_seconds() {
    var beat = Beats.worker("worker-1");
    assertTrue(beat.isAlive(beat.at().plusSeconds(30)));
    assertTrue(beat.isSilent(beat.at().plusSeconds(31)));
  }

  @ParameterizedTest
  @CsvSource({
    "mx1.example.net[192.0.2.1]:25, 1",
    "mx2.example.net[2001:db8::9]:25, 2",
    "mx1.example.net[192.0.2.1]:2525, 0",
    "mx.example.org[192.0.2.1]:25, 0",
    "'', 0",
  })
  void what_is_in_the_way_is_known_by_the_host_of_the_last_attempt(String host, int obstacles) {
    var nodes = new Nodes(List.of(Beats.worker("worker-1")), NOW);
    var roads = Roads.to(Set.of(host), Set.of());
    // Both hosts lead to the site; the address that is left alone is of one of them.
    assertEquals(obstacles, nodes.inTheWay(roads).size());
  }

  @Test
  void a_site_leads_to_all_of_its_hosts() {
    var nodes = new Nodes(List.of(Beats.worker("worker-1"), Beats.worker("worker-2")), NOW);
    var roads =
        Roads.to(Set.of(), Set.of("mx1.example.net:25,mx2.example.net:25 for domain x.example"));
    var texts = nodes.inTheWay(roads).stream().map(Obstacle::toString).toList();
    assertEquals(
        List.of(
            "worker-1: site mx1.example.net:25,mx2.example.net:25: 20 of 20 busy, 11 wait,"
                + " slowed down by too-fast until 2026-03-02T08:16:00Z",
            "worker-1: address mx2.example.net[2001:db8::2]:25 is open until"
                + " 2026-03-02T08:15:45Z: connection refused",
            "worker-2: site mx1.example.net:25,mx2.example.net:25: 20 of 20 busy, 11 wait,"
                + " slowed down by too-fast until 2026-03-02T08:16:00Z",
            "worker-2: address mx2.example.net[2001:db8::2]:25 is open until"
                + " 2026-03-02T08:15:45Z: connection refused"),
        texts);
  }

  @Test
  void the_sites_of_a_destination_are_those_its_mail_is_at() {
    var nodes = new Nodes(List.of(Beats.worker("worker-1")), NOW);
    assertEquals(Set.of("mx1.example.net:25,mx2.example.net:25"), nodes.sitesOf("example.net"));
    assertEquals(Set.of(), nodes.sitesOf("example.org"));
  }

  @Test
  void a_family_of_a_site_and_our_own_road_are_in_the_way_too() {
    var shut =
        new Work(
            Some.of(List.of()),
            Some.of(List.of()),
            Some.of(List.of()),
            Some.of(
                List.of(
                    shut(ShutRoad.Kind.SITE, "ipv6 of mx1.example.net:25,mx2.example.net:25"),
                    shut(ShutRoad.Kind.SITE, "ipv6 of mx.example.org:25"),
                    shut(ShutRoad.Kind.EGRESS, "our road to ipv6 (egress pool default)"))));
    var beat = Beats.of("worker-1", NodeRole.DELIVER, NodeState.READY, "", shut);
    var roads = Roads.to(Set.of("mx2.example.net[192.0.2.2]:25"), Set.of());
    var found = new Nodes(List.of(beat), NOW).inTheWay(roads);
    assertEquals(2, found.size(), found::toString);
    assertTrue(found.getFirst().what().startsWith("egress"), "the widest first");
  }

  @Test
  void of_ten_thousand_sites_those_most_waited_for_are_named() {
    var sites =
        IntStream.range(0, 10_000)
            .mapToObj(n -> new BusySite("mx" + n + ":25", 1, 1, n, "", Optional.empty()))
            .toList();
    var work = new Work(Some.of(List.of()), Some.of(List.of()), Some.of(sites), Some.of(List.of()));
    var told = work.atMost(3).sites();
    assertEquals(10_000, told.all());
    assertEquals(
        List.of("mx9999:25", "mx9998:25", "mx9997:25"),
        told.named().stream().map(BusySite::name).toList());
  }

  private static ShutRoad shut(ShutRoad.Kind kind, String what) {
    return new ShutRoad(kind, what, "open", "no route", NOW.plusSeconds(5));
  }
}
