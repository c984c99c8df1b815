package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Orderings;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.NextHop;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.SitePattern;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What operators order about messages that a worker takes.
class DirectedMailIT {
  private final ScriptedMx mx = ScriptedMx.start();
  private final Worker worker = new Worker("delivery.port=" + mx.port());

  @BeforeEach
  void host() {
    for (var domain : List.of("example.net", "example.org", "example.com"))
      worker.dns.mx(domain, 10, "mx." + domain).a("mx." + domain, "127.0.0.1");
  }

  @AfterEach
  void stop() {
    worker.close();
    mx.close();
  }

  @Test
  void what_is_held_is_held_and_goes_nowhere() {
    worker.ordering(Orderings.table(Orderings.directive(new Act.Hold())));
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(0, mx.messages().size());
    var held = worker.queue.envelopes("held").getFirst();
    assertTrue(held.content() instanceof Content.InRecord, "content stays where it is");
    assertTrue(worker.isSettled(worker.queue.records("remote").getFirst()));
    assertEquals(List.of(Act.Kind.HOLD), acts());
    worker.take(held);
    worker.awaitSettled();
    assertEquals(1, mx.messages().size());
  }

  @Test
  void what_is_bounced_makes_one_dsn_with_the_reason() {
    var sender = new Criterion.Sender(PathPattern.parse("sender@example.com").orElseThrow());
    worker.ordering(
        Orderings.table(Orderings.directive("bounce-1", new Act.Bounce(), QueueFilter.of(sender))));
    worker.deliver(Samples.message(Samples.CAROL));
    var dsns = mx.messages().stream().filter(message -> message.from().equals("<>")).toList();
    assertEquals(1, dsns.size());
    var text = dsns.getFirst().content().input();
    var dsn = read(text);
    assertTrue(dsn.contains("as you asked"), dsn);
    assertTrue(dsn.contains("Status: 5.7.1"), dsn);
    assertEquals(1, worker.bounces(Samples.CAROL).size());
    assertEquals(0, worker.queue.envelopes("dead").size());
  }

  @Test
  void of_what_is_dropped_nobody_hears() {
    worker.ordering(Orderings.table(Orderings.directive(new Act.Drop())));
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(0, mx.messages().size());
    assertEquals(List.of(Act.Kind.DROP), acts());
    assertTrue(worker.isSettled(worker.queue.records("remote").getFirst()));
    assertEquals(1, worker.queue.records("remote").size());
  }

  @Test
  void what_is_rerouted_goes_elsewhere_at_later_attempts_too() {
    try (var elsewhere = ScriptedMx.start()) {
      elsewhere.on("RCPT", "450 4.2.0 greylisted");
      var hop = new NextHop(new Domain("[127.0.0.1]"), elsewhere.port());
      worker.ordering(Orderings.table(Orderings.directive(new Act.Reroute(hop))));
      worker.deliver(Samples.message(Samples.CAROL));
      elsewhere.forget();
      worker.whenDue("retry.1m");
      assertEquals(1, elsewhere.messages().size());
      assertEquals(0, mx.messages().size());
      assertEquals(List.of(Act.Kind.REROUTE), acts());
    }
  }

  @Test
  void each_recipient_gets_what_is_ordered_of_it() {
    var erin = Samples.remote("erin@example.net");
    var frank = Samples.remote("frank@example.net");
    worker.ordering(
        Orderings.table(
            Orderings.directive("hold-1", new Act.Hold(), to("erin@example.net")),
            Orderings.directive("drop-1", new Act.Drop(), to("frank@example.net"))));
    worker.deliver(Samples.message(Samples.CAROL, erin, frank));
    assertEquals(List.of(erin), worker.queue.envelopes("held").getFirst().recipients());
    assertTrue(
        worker.isSettled(worker.queue.records("remote").getFirst()),
        "nothing is done to the two again, however long the third takes");
    assertEquals(0, mx.messages().size());
    worker.whenDue("retry.1m");
    assertEquals(List.of("<carol@example.net>"), mx.messages().getFirst().to());
    assertEquals(1, mx.messages().size());
    assertEquals(List.of(Act.Kind.HOLD, Act.Kind.DROP), acts());
  }

  @Test
  void what_arrives_for_a_site_is_held_on_its_first_way() {
    worker.dns.mx("example.org", 10, "mx.example.net");
    worker.ordering(holding("mx.example.net"));
    worker.deliver(Samples.message(Samples.CAROL));
    worker.deliver(Samples.message(Samples.DAVE));
    worker.deliver(Samples.message(Samples.remote("erin@example.com")));
    assertEquals(
        List.of("<erin@example.com>"),
        mx.messages().stream().flatMap(message -> message.to().stream()).toList());
    assertEquals(
        List.of(
            "mx.example.net:" + mx.port(),
            "mx.example.net:%1$d,mx.example.org:%1$d".formatted(mx.port())),
        worker.queue.envelopes("held").stream()
            .map(held -> held.site().orElseThrow().text())
            .toList());
  }

  @Test
  void a_message_remembers_the_site_it_was_tried_at_or_put_aside_for() {
    mx.on("MAIL", "451 4.7.1 you are blocked");
    worker.deliver(Samples.message(Samples.CAROL));
    worker.deliver(Samples.message(Samples.CAROL));
    var deferred = worker.queue.envelopes("retry.1m").getFirst();
    assertEquals("mx.example.net:" + mx.port(), deferred.site().orElseThrow().text());
    worker.ordering(holding("*.example.net")).whenDue("retry.1m");
    assertEquals(1, worker.queue.envelopes("held").size());
  }

  @Test
  void what_was_sent_elsewhere_is_at_another_site() {
    try (var elsewhere = ScriptedMx.start()) {
      var hop = new NextHop(new Domain("[127.0.0.1]"), elsewhere.port());
      worker.ordering(
          Orderings.table(
              Orderings.directive("reroute-1", new Act.Reroute(hop), site("mx.example.net")),
              Orderings.directive("drop-1", new Act.Drop(), site("[127.0.0.1]"))));
      worker.deliver(Samples.message(Samples.CAROL));
      assertEquals(List.of(Act.Kind.REROUTE, Act.Kind.DROP), acts());
      assertEquals(0, elsewhere.messages().size() + mx.messages().size());
    }
  }

  private static Directives holding(String site) {
    return Orderings.table(Orderings.directive("hold-1", new Act.Hold(), site(site)));
  }

  private static QueueFilter site(String pattern) {
    return QueueFilter.of(new Criterion.Site(SitePattern.parse(pattern).orElseThrow()));
  }

  @Test
  void an_order_that_came_with_the_message_is_obeyed_by_who_has_not_heard_of_it() {
    var table = Orderings.table(Orderings.directive(new Act.Drop()));
    worker.ordering(table).deliver(Samples.message(Samples.CAROL));
    worker.ordering(Orderings.table());
    var stamped = stamped(Samples.message(Samples.CAROL));
    worker.take(stamped);
    worker.awaitSettled();
    assertEquals(0, mx.messages().size());
    assertEquals(
        List.of(Act.Kind.DROP, Act.Kind.DROP), acts(), "a mover may have died before it could say");
  }

  @Test
  void a_fault_while_orders_are_read_again_leaves_no_turn_taken() {
    var asked = new AtomicInteger();
    worker.asking(() -> {
      // When it is taken, when its site is known, and when its turn has come.
      if (asked.incrementAndGet() == 3) throw new IllegalStateException("a fault");
      return Directives.NONE;
    });
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, worker.events(MailEvent.Bug.class).size());
    assertEquals(0, mx.messages().size());
    assertEquals(0, worker.metric("delivery_active"));
    assertFalse(worker.isSettled(worker.queue.records("remote").getFirst()));
  }

  @Test
  void mail_that_nobody_means_goes_its_way() {
    worker.ordering(
        Orderings.table(
            Orderings.directive("drop-1", new Act.Drop(), Orderings.domain("example.org"))));
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, mx.messages().size());
    assertEquals(List.of(), acts());
  }

  private static Envelope stamped(Envelope message) {
    var ending = new io.posthouse.message.Ending("drop-1", false, "as you asked", "olga");
    return message.ordered(
        new io.posthouse.message.Orders(
            1, java.util.Optional.empty(), java.util.Optional.of(ending)));
  }

  private static QueueFilter to(String address) {
    return QueueFilter.of(new Criterion.Recipient(PathPattern.parse(address).orElseThrow()));
  }

  private List<Act.Kind> acts() {
    return worker.events(MailEvent.Directed.class).stream()
        .map(event -> event.act().kind())
        .toList();
  }

  private static String read(java.io.InputStream octets) {
    try (octets) {
      return new String(octets.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
