package io.posthouse.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.directive.Part.Fate;
import io.posthouse.message.Envelope;
import io.posthouse.message.NextHop;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever looks when: a message ends where its directives say.
final class OneByOneTest {
  private static final List<Recipient> PEOPLE =
      List.of(
          Samples.CAROL,
          Samples.remote("erin@example.net"),
          Samples.remote("dave@example.org"),
          Samples.ALICE,
          Samples.BOB);

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void it_makes_no_difference_how_many_directives_are_done_at_a_time(int seed) {
    var random = new SplittableRandom(seed);
    var directives = IntStream.range(0, 6).mapToObj(i -> directive(random, i)).toList();
    var table = Orderings.table(directives.toArray(Directive[]::new));
    var message = Orderings.tried("450 later", PEOPLE.toArray(Recipient[]::new));
    assertEquals(
        ends(table, message, List.of(6L)),
        ends(table, message, List.of(1L, 2L, 3L, 4L, 5L, 6L)),
        "seed " + seed);
    var stops = new ArrayList<Long>();
    for (long stop = 1; stop < 6; stop++) if (random.nextBoolean()) stops.add(stop);
    stops.add(6L);
    assertEquals(ends(table, message, List.of(6L)), ends(table, message, stops), "seed " + seed);
  }

  /// For each recipient where it is at last and what is ordered of it. What left its place is in a
  /// worker's hand from then on, unless it is held.
  private static Map<String, String> ends(Directives table, Envelope message, List<Long> stops) {
    var now = List.of(Orderings.sighting(message, Place.DEFERRED));
    for (var upTo : stops) {
      var next = new ArrayList<Sighting>();
      for (var sighting : now)
        for (var part : table.parts(sighting, upTo))
          next.add(sighting(part.envelope(), place(sighting.place(), part.fate())));
      now = List.copyOf(next);
    }
    var ends = new TreeMap<String, String>();
    for (var sighting : now)
      for (var recipient : sighting.envelope().recipients()) {
        var orders = sighting.envelope().orders();
        ends.put(
            recipient.address().toString(),
            sighting.place() + " " + orders.nextHop() + " " + orders.ending());
      }
    return ends;
  }

  /// What is held is written anew meanwhile.
  private static Sighting sighting(Envelope envelope, Place place) {
    if (place != Place.HELD) return Orderings.sighting(envelope, place);
    var anew = envelope.ordered(envelope.orders().heldSince(Samples.ARRIVED));
    return new Sighting(anew, place, Orderings.AT.plus(Duration.ofDays(30)));
  }

  private static Place place(Place before, Fate fate) {
    return switch (fate) {
      case AS_IT_WAS -> before;
      case NOW -> Place.DUE;
      case HELD -> Place.HELD;
    };
  }

  private static Directive directive(SplittableRandom random, int number) {
    var act =
        switch (random.nextInt(6)) {
          case 0, 1 -> new Act.Hold();
          case 2 -> new Act.Release();
          case 3 -> new Act.Flush();
          case 4 -> new Act.Reroute(new NextHop(new Domain("mx" + number + ".example.com"), 25));
          default -> random.nextBoolean() ? new Act.Bounce() : new Act.Drop();
        };
    var filter =
        switch (random.nextInt(4)) {
          case 0 -> QueueFilter.EVERYTHING;
          case 1 -> Orderings.domain("example.net");
          case 2 -> Orderings.domain("example.test");
          default -> Orderings.domain("example.org");
        };
    return Orderings.directive("act-" + number, act, filter);
  }
}
