package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Attempt;
import io.posthouse.message.Envelope;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.message.SiteName;
import io.posthouse.node.Beats;
import io.posthouse.node.InFlight;
import io.posthouse.node.NodeRole;
import io.posthouse.node.NodeState;
import io.posthouse.node.Nodes;
import io.posthouse.node.Some;
import io.posthouse.node.Work;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Envelope SAMPLE = Samples.message(Samples.CAROL);
  private static final Instant NOW = SAMPLE.arrived().plus(Duration.ofMinutes(20));
  private static final RecordPosition AT = new RecordPosition("remote", 0, 0);

  @Test
  void a_message_counts_where_it_goes_and_where_it_is() {
    var shape = shape(QueueFilter.EVERYTHING, Grouping.DESTINATION);
    shape.add(owed(Place.FIRST, Samples.message(Samples.CAROL)));
    shape.add(owed(Place.DUE, Samples.message(Samples.CAROL)));
    shape.add(owed(Place.HELD, Samples.message(Samples.DAVE)));
    shape.add(owed(Place.FIRST, Samples.message(Samples.ALICE)));
    assertEquals(List.of("example.net", "example.org", "example.test"), names(shape));
    assertEquals(2, shape.largest(1).getFirst().group().waiting());
    assertEquals(4, shape.total().total());
    assertEquals(1, shape.total().in(Place.HELD));
    assertEquals(4, shape.total().of(Age.HOUR));
  }

  @Test
  void what_a_node_has_in_hand_is_in_flight_and_the_rest_waits() {
    var there = Samples.message(Samples.CAROL);
    var inFlight = new InFlight(there.queueId(), "example.net", "", "", Beats.NOW);
    var none = Work.NONE;
    var work = new Work(Some.of(List.of(inFlight)), none.waiting(), none.sites(), none.shut());
    var beat = Beats.of("worker-1", NodeRole.DELIVER, NodeState.READY, "", work);
    var nodes = new Nodes(List.of(beat), Beats.NOW);
    var shape = new Shape(QueueFilter.EVERYTHING, Grouping.DESTINATION, nodes, NOW);
    shape.add(owed(Place.DUE, there));
    shape.add(owed(Place.FIRST, Samples.message(Samples.CAROL)));
    // What became of it in this instant counts where it is now.
    shape.add(owed(Place.DEFERRED, there));
    for (var group : List.of(shape.total(), shape.largest(1).getFirst().group())) {
      assertEquals(1, group.inFlight());
      assertEquals(1, group.waiting());
      assertEquals(3, group.total());
    }
  }

  @Test
  void what_waits_tells_the_reason_and_when_the_first_is_due() {
    var shape = shape(QueueFilter.EVERYTHING, Grouping.DESTINATION);
    shape.add(owed(Place.DEFERRED, deferred("452 4.2.2 full", NOW.plusSeconds(90))));
    shape.add(owed(Place.DEFERRED, deferred("452 4.2.2 full", NOW.plusSeconds(30))));
    assertEquals(Optional.of(NOW.plusSeconds(30)), shape.total().nextDue());
    assertEquals(List.of(new Reasons.Counted("452 4.2.2 full", 2)), shape.reasons(10));
  }

  @Test
  void a_message_for_several_domains_counts_for_each_and_once_in_all() {
    var shape = shape(QueueFilter.EVERYTHING, Grouping.DESTINATION);
    shape.add(owed(Place.SPLIT, Samples.message(Samples.CAROL, Samples.DAVE)));
    assertEquals(List.of("example.net", "example.org"), names(shape));
    assertEquals(1, shape.total().total());
  }

  @Test
  void senders_and_hosts_are_groups_too() {
    var senders = shape(QueueFilter.EVERYTHING, Grouping.SENDER);
    senders.add(owed(Place.FIRST, SAMPLE));
    assertEquals(List.of("example.com"), names(senders));
    var hosts = shape(QueueFilter.EVERYTHING, Grouping.HOST);
    hosts.add(owed(Place.FIRST, SAMPLE));
    hosts.add(owed(Place.DEFERRED, deferred("421 busy", NOW)));
    assertEquals(List.of("(none)", "mx1.example.net"), names(hosts));
  }

  @Test
  void what_nobody_has_tried_counts_with_the_site_of_others_for_its_domain() {
    var sites = shape(QueueFilter.EVERYTHING, Grouping.SITE);
    var old = new SiteName("old.example.org:25");
    var site = new SiteName("mx1.example.org:25,mx2.example.org:25");
    sites.add(owed(Place.FIRST, SAMPLE));
    sites.add(owed(Place.FIRST, Samples.message(Samples.DAVE)));
    sites.add(owed(Place.FIRST, Samples.message(Samples.ALICE, Samples.BOB)));
    sites.add(owed(Place.SPLIT, Samples.message(Samples.CAROL, Samples.DAVE)));
    sites.add(owed(Place.DEFERRED, SAMPLE.to(site)));
    var before = NOW.minusSeconds(1);
    sites.add(new Found.Owed(Place.HELD, AT, before, SAMPLE.to(old)));
    assertEquals(
        List.of(site.text() + " 3", "(not tried yet) 2", "(mailboxes here) 1", old.text() + " 1"),
        counts(sites));
    assertEquals(4, sites.groups());
  }

  @Test
  void the_site_of_a_domain_is_known_from_what_the_filter_leaves_out() {
    var first = new Criterion.Id(SAMPLE.queueId());
    var sites = shape(QueueFilter.of(first), Grouping.SITE);
    sites.add(owed(Place.FIRST, SAMPLE));
    sites.add(owed(Place.DEFERRED, Samples.message(Samples.CAROL).to(new SiteName("mx:25"))));
    assertEquals(List.of("mx:25 1"), counts(sites));
  }

  @Test
  void only_what_the_filter_means_counts() {
    var net = new Criterion.To(Samples.CAROL.address().domain());
    var shape = shape(QueueFilter.of(net), Grouping.DESTINATION);
    shape.add(owed(Place.FIRST, SAMPLE));
    shape.add(owed(Place.FIRST, Samples.message(Samples.DAVE)));
    shape.add(new Found.Unreadable(Place.FIRST, AT, NOW, "garbage"));
    assertEquals(1, shape.total().total());
  }

  @Test
  void dead_letters_and_records_that_are_no_message_count() {
    var shape = shape(QueueFilter.EVERYTHING, Grouping.DESTINATION);
    shape.add(new Found.Dead(AT, NOW, "three strikes", Optional.of(SAMPLE), Optional.empty()));
    shape.add(new Found.Dead(AT, NOW, "no envelope", Optional.empty(), Optional.of(AT)));
    shape.add(new Found.Unreadable(Place.FIRST, AT, NOW, "garbage"));
    assertEquals(List.of(Shape.UNREADABLE, "example.net"), names(shape));
    assertEquals(2, shape.total().in(Place.DEAD));
    assertEquals(3, shape.reasons(10).size());
  }

  @Test
  void an_age_is_below_the_step_it_counts_in() {
    assertEquals(Age.MINUTES_5, Age.of(Duration.ofSeconds(-1)));
    assertEquals(Age.MINUTES_15, Age.of(Duration.ofMinutes(5)));
    assertEquals(Age.DAY, Age.of(Duration.ofDays(1).minusMillis(1)));
    assertEquals(Age.OLDER, Age.of(Duration.ofDays(1)));
  }

  @Test
  void very_many_groups_need_no_more_memory_than_many() {
    var shape = shape(QueueFilter.EVERYTHING, Grouping.DESTINATION);
    for (var i = 0; i < 100_010; i++)
      shape.add(owed(Place.FIRST, SAMPLE.forRecipients(List.of(at("d" + i + ".example")))));
    assertEquals(
        new Shape.Named(Reasons.OTHERS, shape.largest(1).getFirst().group()),
        shape.largest(1).getFirst());
    assertEquals(10, shape.largest(1).getFirst().group().total());
    assertEquals(100_010, shape.total().total());
  }

  private static Recipient at(String domain) {
    return Samples.remote("x@" + domain);
  }

  private static Shape shape(QueueFilter filter, Grouping grouping) {
    return new Shape(filter, grouping, Nodes.unknown(NOW), NOW);
  }

  private static Found owed(Place place, Envelope envelope) {
    return new Found.Owed(place, AT, NOW, envelope);
  }

  private static Envelope deferred(String said, Instant due) {
    var host = "mx1.example.net[192.0.2.1]:25";
    return Samples.message(Samples.CAROL).deferred(new Attempt(NOW, "worker-1", host, said), due);
  }

  private static List<String> counts(Shape shape) {
    return shape.largest(Long.MAX_VALUE).stream()
        .map(named -> named.name() + " " + named.group().total())
        .toList();
  }

  private static List<String> names(Shape shape) {
    return shape.largest(Long.MAX_VALUE).stream().map(Shape.Named::name).toList();
  }
}
