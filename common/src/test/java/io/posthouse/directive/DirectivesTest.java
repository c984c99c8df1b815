package io.posthouse.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directive.Part.Fate;
import io.posthouse.directory.AddressId;
import io.posthouse.message.Attempt;
import io.posthouse.message.Destination;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.NextHop;
import io.posthouse.message.Orders;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.ReplyPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DirectivesTest {
  private static final NextHop ELSEWHERE = new NextHop(new Domain("mx.example.com"), 25);
  private static final Recipient CAROL = Samples.CAROL;
  private static final Recipient ERIN = Samples.remote("erin@example.net");

  @ParameterizedTest
  @CsvSource({
    "HOLD, FIRST, HELD",
    "HOLD, DUE, HELD",
    "HOLD, DEFERRED, HELD",
    "HOLD, HELD, AS_IT_WAS",
    "RELEASE, FIRST, AS_IT_WAS",
    "RELEASE, DEFERRED, AS_IT_WAS",
    "RELEASE, HELD, NOW",
    "FLUSH, FIRST, AS_IT_WAS",
    "FLUSH, DEFERRED, NOW",
    "FLUSH, HELD, AS_IT_WAS",
    "BOUNCE, FIRST, NOW",
    "BOUNCE, DEFERRED, NOW",
    "BOUNCE, HELD, NOW",
    "DROP, DUE, NOW",
    "DROP, DEFERRED, NOW",
    "DROP, HELD, NOW",
    "REROUTE, DUE, NOW",
    "REROUTE, DEFERRED, NOW",
    "REROUTE, HELD, HELD",
    "UNDO, FIRST, AS_IT_WAS",
    "UNDO, DEFERRED, AS_IT_WAS",
    "UNDO, HELD, AS_IT_WAS",
  })
  void what_an_act_does_depends_on_where_the_message_is(Act.Kind kind, Place place, Fate fate) {
    assertEquals(fate, only(Orderings.table(directive(kind)), place).fate());
  }

  @Test
  void the_orders_travel_with_the_message() {
    var table =
        Orderings.table(
            Orderings.directive(new Act.Reroute(ELSEWHERE)), Orderings.directive(new Act.Bounce()));
    var ending = new Ending("bounce-1", true, "as you asked", "olga");
    assertEquals(
        new Orders(2, Optional.of(ELSEWHERE), Optional.of(ending)),
        only(table, Place.DEFERRED).envelope().orders());
  }

  @Test
  void a_message_is_touched_once_wherever_it_turns_up() {
    var table = Orderings.table(Orderings.directive(new Act.Hold()));
    var held = only(table, Place.DEFERRED).envelope();
    for (var place : List.of(Place.FIRST, Place.DUE, Place.DEFERRED, Place.HELD))
      assertEquals(Fate.AS_IT_WAS, only(table, held, place).fate(), place.toString());
  }

  @Test
  void a_new_directive_touches_it_again() {
    var hold = Orderings.directive(new Act.Hold());
    var held = only(Orderings.table(hold), Place.DEFERRED).envelope();
    var table = Orderings.table(hold, Orderings.directive(new Act.Release()));
    assertEquals(Fate.NOW, only(table, held, Place.HELD).fate());
  }

  @Test
  void what_was_held_and_released_before_anybody_looked_goes_on() {
    var table =
        Orderings.table(
            Orderings.directive(new Act.Hold()), Orderings.directive(new Act.Release()));
    assertEquals(Fate.NOW, only(table, Place.DEFERRED).fate());
    assertEquals(Fate.NOW, only(table, Place.FIRST).fate());
  }

  @Test
  void an_ended_message_is_beyond_all_orders() {
    var ended = only(Orderings.table(directive(Act.Kind.DROP)), Place.DUE).envelope();
    var table =
        Orderings.table(
            directive(Act.Kind.DROP), directive(Act.Kind.BOUNCE), directive(Act.Kind.HOLD));
    assertEquals(ended, only(table, ended, Place.DUE).envelope());
  }

  @Test
  void only_the_recipients_that_are_meant_are_touched() {
    var filter = QueueFilter.of(new Criterion.Recipient(path("erin@example.net")));
    var table = Orderings.table(Orderings.directive("bounce-1", new Act.Bounce(), filter));
    var message = Orderings.tried("450 later", CAROL, ERIN);
    var parts = table.parts(Orderings.sighting(message, Place.DEFERRED), 1);
    assertEquals(
        List.of(List.of(ERIN), List.of(CAROL)),
        parts.stream().map(part -> part.envelope().recipients()).toList());
    assertEquals(List.of(Fate.NOW, Fate.AS_IT_WAS), parts.stream().map(Part::fate).toList());
    assertEquals(
        Optional.of(message.forRecipients(List.of(CAROL))),
        table.untouched(Orderings.sighting(message, Place.DEFERRED), 1));
  }

  @ParameterizedTest
  @CsvSource({
    "HOLD, FIRST, HELD",
    "RELEASE, HELD, NOW",
    "FLUSH, FIRST, AS_IT_WAS",
    "FLUSH, DEFERRED, NOW",
    "BOUNCE, HELD, NOW",
    "DROP, DUE, NOW",
    "REROUTE, DUE, AS_IT_WAS",
    "REROUTE, DEFERRED, AS_IT_WAS",
    "REROUTE, HELD, AS_IT_WAS",
    "UNDO, FIRST, AS_IT_WAS",
  })
  void mail_for_mailboxes_of_ours_obeys_as_all_other_but_has_no_next_hop(
      Act.Kind kind, Place place, Fate fate) {
    var forwarded =
        new Recipient(
            MailAddress.of("sales@example.com"),
            new Destination.Forwarded(new AddressId("65f0c0ffee0ddba11ca7f00d")));
    for (var to : List.of(Samples.ALICE, forwarded)) {
      var seen = Orderings.sighting(Orderings.light(to), place);
      var parts = Orderings.table(directive(kind)).parts(seen, 1);
      assertEquals(List.of(fate), parts.stream().map(Part::fate).toList(), to.toString());
    }
  }

  @Test
  void a_message_for_the_world_and_for_us_is_rerouted_for_the_world_alone() {
    var table = Orderings.table(Orderings.directive(new Act.Reroute(ELSEWHERE)));
    var message = Orderings.light(Samples.ALICE, CAROL);
    var parts = table.parts(Orderings.sighting(message, Place.DEFERRED), 1);
    assertEquals(
        List.of(List.of(CAROL), List.of(Samples.ALICE)),
        parts.stream().map(part -> part.envelope().recipients()).toList());
  }

  @Test
  void what_arrives_later_is_touched_only_until_the_end_and_only_in_a_workers_hand() {
    var end = Samples.ARRIVED.plusSeconds(10);
    var given = Samples.ARRIVED.minusSeconds(10);
    var hold =
        new Directive(
            "hold-1", new Act.Hold(), QueueFilter.EVERYTHING, given, Optional.of(end), "", "olga");
    assertEquals(Fate.HELD, only(Orderings.table(hold), Place.FIRST).fate());
    assertEquals(Fate.AS_IT_WAS, only(Orderings.table(hold), Place.DEFERRED).fate());
    var over =
        new Directive(
            "hold-1",
            new Act.Hold(),
            QueueFilter.EVERYTHING,
            given,
            Optional.of(Samples.ARRIVED.minusSeconds(1)),
            "",
            "olga");
    assertEquals(Fate.AS_IT_WAS, only(Orderings.table(over), Place.FIRST).fate());
  }

  @Test
  void an_undone_directive_touches_nothing_that_arrives_after() {
    var given = Samples.ARRIVED.minusSeconds(10);
    var hold =
        new Directive(
            "hold-1",
            new Act.Hold(),
            QueueFilter.EVERYTHING,
            given,
            Optional.of(Samples.ARRIVED.plusSeconds(10)),
            "",
            "olga");
    assertEquals(
        Fate.AS_IT_WAS,
        only(Orderings.table(hold, undo("hold-1", given.plusSeconds(5))), Place.FIRST).fate());
    assertEquals(
        Fate.HELD,
        only(Orderings.table(hold, undo("hold-1", given.plusSeconds(15))), Place.FIRST).fate());
  }

  @Test
  void what_arrived_after_the_order_is_not_meant() {
    var early =
        new Directive(
            "drop-1",
            new Act.Drop(),
            QueueFilter.EVERYTHING,
            Samples.ARRIVED.minusSeconds(1),
            Optional.empty(),
            "spam",
            "olga");
    assertEquals(Fate.AS_IT_WAS, only(Orderings.table(early), Place.FIRST).fate());
  }

  @Test
  void what_was_said_after_the_order_is_not_what_the_operator_saw() {
    var filter = QueueFilter.of(new Criterion.Reply(reply("blocked")));
    var table = Orderings.table(Orderings.directive("bounce-1", new Act.Bounce(), filter));
    assertEquals(Fate.NOW, only(table, Orderings.tried("550 blocked", CAROL), Place.DUE).fate());
    var later = Orderings.AT.plusSeconds(1);
    var since =
        Orderings.light(CAROL)
            .deferred(new Attempt(later, "worker-1", "", "450 blocked"), later.plusSeconds(60));
    assertEquals(Fate.AS_IT_WAS, only(table, since, Place.DUE).fate());
  }

  @Test
  void a_flush_leaves_alone_what_was_deferred_after_it() {
    var table = Orderings.table(Orderings.directive(new Act.Flush()));
    var message = Orderings.tried("450 later", CAROL);
    var late = new Sighting(message, Place.DEFERRED, Orderings.AT.plusMillis(1));
    assertEquals(List.of(Fate.AS_IT_WAS), table.parts(late, 1).stream().map(Part::fate).toList());
  }

  @Test
  void a_table_that_is_read_again_is_the_same() {
    var table = Orderings.table(Orderings.directive(new Act.Hold()));
    assertEquals(table, table.with(1, Orderings.directive(new Act.Drop())));
  }

  @Test
  void flush_and_release_are_for_what_is_there() {
    var end = Orderings.AT.plus(Duration.ofHours(1));
    for (var act : List.of(new Act.Flush(), new Act.Release()))
      assertThrows(IllegalArgumentException.class, () -> Orderings.until(act, end));
    assertThrows(
        IllegalArgumentException.class,
        () -> Orderings.until(new Act.Hold(), Orderings.AT.minusSeconds(1)));
  }

  private static Part only(Directives table, Place place) {
    return only(table, Orderings.tried("450 later", CAROL), place);
  }

  private static Part only(Directives table, Envelope message, Place place) {
    var parts = table.parts(Orderings.sighting(message, place), table.newest());
    assertEquals(1, parts.size());
    return parts.getFirst();
  }

  private static Directive undo(String id, Instant at) {
    return new Directive(
        "undo-1", new Act.Undo(id), QueueFilter.EVERYTHING, at, Optional.empty(), "", "olga");
  }

  private static Directive directive(Act.Kind kind) {
    return Stream.of(
            new Act.Hold(),
            new Act.Release(),
            new Act.Flush(),
            new Act.Bounce(),
            new Act.Drop(),
            new Act.Reroute(ELSEWHERE),
            new Act.Undo("hold-1"))
        .filter(act -> act.kind() == kind)
        .map(Orderings::directive)
        .findFirst()
        .orElseThrow();
  }

  private static PathPattern path(String text) {
    return PathPattern.parse(text).orElseThrow();
  }

  private static ReplyPattern reply(String text) {
    return ReplyPattern.parse(text).orElseThrow();
  }
}
