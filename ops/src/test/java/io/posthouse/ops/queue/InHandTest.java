package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.node.Beat;
import io.posthouse.node.Beats;
import io.posthouse.node.BusySite;
import io.posthouse.node.InFlight;
import io.posthouse.node.NodeRole;
import io.posthouse.node.NodeState;
import io.posthouse.node.Nodes;
import io.posthouse.node.Some;
import io.posthouse.node.Waiting;
import io.posthouse.node.Work;
import io.posthouse.queue.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InHandTest {
  private static final Instant NOW = Beats.NOW;
  private static final Envelope CAROLS = Samples.message(Samples.CAROL);
  private static final Envelope DAVES = Samples.message(Samples.DAVE);
  private static final Envelope ALICES = Samples.message(Samples.ALICE);

  @Test
  void a_message_under_way_is_told_with_its_worker_its_host_and_since_when() {
    assertEquals(
        "in flight at worker-1 since 12s, to mx.example.net[192.0.2.1]:25",
        text(Place.FIRST, CAROLS));
    assertEquals(text(Place.FIRST, CAROLS), text(Place.DUE, CAROLS));
  }

  @Test
  void a_message_in_line_is_told_with_its_site_and_those_before_it() {
    assertEquals(
        "waits for its turn at worker-1 since 4s, at site mx.example.org:25 (20 of 20 busy), 3"
            + " before it",
        text(Place.DUE, DAVES));
  }

  @Test
  void a_record_that_has_moved_on_is_not_what_the_node_had_in_hand() {
    for (var place : List.of(Place.SPLIT, Place.DEFERRED, Place.HELD, Place.DEAD))
      assertTrue(InHand.of(place, CAROLS, nodes()).isEmpty());
  }

  @Test
  void what_nobody_tells_of_is_not_known() {
    assertTrue(InHand.of(Place.FIRST, ALICES, nodes()).isEmpty());
    assertTrue(InHand.of(Place.FIRST, CAROLS, Nodes.unknown(NOW)).isEmpty());
  }

  @Test
  void the_word_of_the_nodes_has_an_age_and_its_gaps_are_named() {
    assertEquals("in flight as 1 node said 3s ago", NodesHeard.text(nodes(), NOW));
    var later = NOW.plusSeconds(60);
    var gone = new Nodes(List.of(Beats.worker("worker-7")), later);
    assertEquals(
        "in flight is not known, as no node is heard of; silent: worker-7",
        NodesHeard.text(gone, later));
    var many = new Work(new Some<>(List.of(), 5_000), none(), none(), none());
    var crowded = new Nodes(List.of(beat(many)), NOW);
    assertEquals(
        "in flight as 1 node said 3s ago; another 5,000 that are not named count as waiting",
        NodesHeard.text(crowded, NOW));
  }

  private static String text(Place place, Envelope envelope) {
    return InHand.of(place, envelope, nodes()).orElseThrow().text(NOW);
  }

  /// Carol's message is under way, Dave's waits.
  static Nodes nodes() {
    var mx = "mx.example.net[192.0.2.1]:25";
    var inFlight =
        new InFlight(
            CAROLS.queueId(), "example.net", "mx.example.net:25", mx, NOW.minusSeconds(12));
    var waiting =
        new Waiting(DAVES.queueId(), "example.org", "mx.example.org:25", 3, NOW.minusSeconds(4));
    var site = new BusySite("mx.example.org:25", 20, 20, 4, "", Optional.empty());
    return new Nodes(
        List.of(
            beat(
                new Work(
                    Some.of(List.of(inFlight)),
                    Some.of(List.of(waiting)),
                    Some.of(List.of(site)),
                    none()))),
        NOW);
  }

  private static Beat beat(Work work) {
    return Beats.of("worker-1", NodeRole.DELIVER, NodeState.READY, "", work);
  }

  private static <T> Some<T> none() {
    return Some.of(List.of());
  }
}
