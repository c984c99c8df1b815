package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.world.Behaviour;
import io.posthouse.delivery.world.World;
import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.smtp.Family;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Addresses of a host race over real sockets, each message over new connections.
class RacesIT {
  private static final String NO_PTR =
      "550 5.7.1 This message does not meet IPv6 sending guidelines regarding PTR records";

  private final World world = new World();
  private Worker worker = worker();

  @AfterEach
  void stop() {
    worker.close();
    world.close();
  }

  @Test
  void a_hundred_messages_with_ipv6_blackholed_find_it_out_once() {
    world.put("::1", Behaviour.BLACKHOLE).put("127.0.1.1", Behaviour.GOOD);
    announce("::1", "127.0.1.1");
    for (int i = 0; i < 100; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(100, world.at("127.0.1.1").messages().size());
    assertEquals(List.of(Result.OVERTAKEN), results(Family.IPV6));
    assertEquals(0, worker.events(MailEvent.Deferred.class).size());
  }

  @Test
  void a_hundred_messages_at_once_find_it_out_with_those_that_had_begun() {
    world.put("::1", Behaviour.BLACKHOLE).put("127.0.1.1", Behaviour.GOOD);
    announce("::1", "127.0.1.1");
    for (int i = 0; i < 100; i++) worker.queue.put(Samples.message(Samples.CAROL));
    worker.awaitSettled();
    assertEquals(0, worker.events(MailEvent.Bounced.class).size());
    var tried = results(Family.IPV6);
    assertTrue(tried.size() <= 20, () -> tried.size() + " times, 250 ms each");
    assertTrue(tried.stream().allMatch(Result.OVERTAKEN::equals), tried::toString);
  }

  @Test
  void a_dead_site_costs_one_connect_timeout() {
    world.put("::1", Behaviour.BLACKHOLE);
    announce("::1");
    for (int i = 0; i < 100; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(List.of(Result.UNREACHABLE), results(Family.IPV6));
    assertEquals(1, metric("delivery_breakers_open", "kind", "site"));
    assertEquals(100, worker.events(MailEvent.Deferred.class).size());
  }

  @Test
  void a_dead_family_does_not_cost_a_whole_timeout_per_host() {
    worker.close();
    worker = worker("delivery.families.after_silence=500ms");
    for (int i = 1; i <= 3; i++) {
      var address = "127.0.3." + i;
      world.put(address, Behaviour.BLACKHOLE);
      World.announce(worker.dns, "example.net", 10 * i, i + ".example.net", address);
    }
    World.announce(worker.dns, "example.net", 40, "four.example.net", "127.0.3.4");
    world.put("127.0.3.4", Behaviour.GOOD);
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, world.at("127.0.3.4").messages().size(), "who answers in time");
    var inVain =
        worker.events(MailEvent.Attempted.class).stream()
            .map(MailEvent.Attempted::said)
            .filter(said -> said.startsWith("no sign"))
            .toList();
    assertEquals("no sign for 2 s while connecting", inVain.getFirst());
    var hurried = "no sign for 500 ms while connecting";
    assertEquals(List.of(hurried, hurried), inVain.subList(1, 3));
  }

  @Test
  void what_nobody_may_try_waits_without_an_attempt_and_goes_when_a_probe_succeeds() {
    world.put("::1", Behaviour.BLACKHOLE);
    announce("::1");
    for (int i = 0; i < 3; i++) worker.deliver(Samples.message(Samples.CAROL));
    var waiting = worker.queue.envelopes("retry.1m");
    assertEquals(List.of(1, 0, 0), waiting.stream().map(Envelope::attemptCount).toList());
    assertEquals(2, metric("delivery_postponed_total", "reason", "left_alone"));
    world.mend();
    worker.whenDue("retry.1m");
    assertEquals(1, world.at("::1").messages().size());
    assertEquals(0, metric("delivery_breakers_open", "kind", "site"));
  }

  @Test
  void a_site_of_which_one_host_lives_is_never_left_alone() {
    world.put("::1", Behaviour.BLACKHOLE).put("127.0.1.1", Behaviour.BLACKHOLE);
    world.put("127.0.2.1", Behaviour.GOOD);
    announce("::1", "127.0.1.1");
    World.announce(worker.dns, "example.net", 20, "two.example.net", "127.0.2.1");
    for (int i = 0; i < 20; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(20, world.at("127.0.2.1").messages().size());
    assertEquals(1, results(Family.IPV6).size());
    assertEquals(21, results(Family.IPV4).size(), "one of them in vain");
  }

  @Test
  void what_was_overtaken_is_tried_again_when_the_winner_fails() {
    world.put("127.0.1.1", Behaviour.GREETING_5XX).put("::1", Behaviour.BLACKHOLE);
    announce("::1", "127.0.1.1");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(List.of(Result.OVERTAKEN, Result.UNREACHABLE), results(Family.IPV6));
    assertEquals(List.of(Result.REFUSED), results(Family.IPV4));
    assertEquals(1, worker.queue.envelopes("retry.1m").size());
  }

  @Test
  void a_refusal_for_where_we_come_from_moves_to_the_other_family_and_is_remembered() {
    world.put("::1", Behaviour.GOOD).put("127.0.1.1", Behaviour.GOOD);
    world.at("::1").on("RCPT", NO_PTR);
    announce("::1", "127.0.1.1");
    for (int i = 0; i < 10; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(10, world.at("127.0.1.1").messages().size());
    assertEquals(1, world.at("::1").connections());
    assertEquals(0, worker.events(MailEvent.Bounced.class).size());
  }

  @Test
  void a_refusal_for_where_we_come_from_counts_if_every_address_says_so() {
    world.put("::1", Behaviour.GOOD).put("127.0.1.1", Behaviour.GOOD);
    world.at("::1").on("RCPT", NO_PTR);
    world.at("127.0.1.1").on("RCPT", "550 5.7.1 Client host [127.0.0.1] blocked using a list");
    announce("::1", "127.0.1.1");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, worker.bounces(Samples.CAROL).size());
    assertEquals(2, worker.events(MailEvent.Attempted.class).size());
  }

  @Test
  void an_idle_connection_is_preferred_to_a_race() {
    worker.close();
    worker = new Worker("delivery.port=" + world.port(), "delivery.reuse.idle=1m");
    world.put("127.0.1.1", Behaviour.GOOD);
    announce("::1", "127.0.1.1");
    worker.deliver(Samples.message(Samples.CAROL));
    world.put("::1", Behaviour.GOOD);
    for (int i = 0; i < 10; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(11, world.at("127.0.1.1").messages().size());
    assertEquals(1, world.at("127.0.1.1").connections());
    assertEquals(0, world.at("::1").connections());
  }

  @Test
  void an_operator_may_want_one_family_only() {
    worker.close();
    worker = worker("delivery.families.use=ipv4");
    world.put("::1", Behaviour.GOOD).put("127.0.1.1", Behaviour.GOOD);
    announce("::1", "127.0.1.1");
    World.announce(worker.dns, "six.example", 10, "six.example", "::1");
    worker.deliver(Samples.message(Samples.CAROL));
    worker.deliver(Samples.message(Samples.remote("a@six.example")));
    assertEquals(1, world.at("127.0.1.1").messages().size());
    assertEquals(0, world.at("::1").connections());
    var deferred = worker.events(MailEvent.Deferred.class).getFirst();
    assertTrue(deferred.evidence().text().endsWith("as we use only ipv4"));
  }

  @Test
  void a_node_without_a_road_to_one_family_notices_by_itself() {
    worker.close();
    worker = worker("delivery.egress.default.ipv6=[\"2001:db8::25\"]");
    world.put("::1", Behaviour.GOOD).put("127.0.1.1", Behaviour.GOOD);
    for (int i = 0; i < 10; i++) {
      World.announce(worker.dns, i + ".example", 10, "mx." + i + ".example", "::1", "127.0.1.1");
      worker.deliver(Samples.message(Samples.remote("a@" + i + ".example")));
    }
    assertEquals(10, world.at("127.0.1.1").messages().size());
    assertEquals(3, results(Family.IPV6).size());
    assertEquals(1, metric("delivery_breakers_open", "kind", "egress"));
    assertEquals(0, metric("delivery_breakers_open", "kind", "address"));
    World.announce(worker.dns, "six.example", 10, "six.example", "::1");
    worker.deliver(Samples.message(Samples.remote("a@six.example")));
    assertEquals(
        "our road to ipv6 (egress pool default) is left alone: this node has no ipv6 address of the"
            + " egress pool default",
        worker.events(MailEvent.Deferred.class).getFirst().evidence().text());
  }

  @Test
  void an_attempt_ends_after_so_many_addresses() {
    worker.close();
    worker = worker("delivery.addresses_per_attempt=2", "delivery.hosts_per_attempt=1");
    announce("127.0.1.1", "127.0.1.2", "127.0.1.3");
    World.announce(worker.dns, "hosts.example", 10, "a.hosts.example", "127.0.1.4");
    World.announce(worker.dns, "hosts.example", 20, "b.hosts.example", "127.0.1.5");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(2, results(Family.IPV4).size());
    worker.deliver(Samples.message(Samples.remote("a@hosts.example")));
    assertEquals(3, results(Family.IPV4).size());
  }

  @Test
  void no_socket_is_left_behind() throws IOException {
    world.put("::1", Behaviour.BLACKHOLE).put("127.0.1.1", Behaviour.GREETING_421);
    world.put("127.0.1.2", Behaviour.GREETING_DROPPED).put("127.0.2.1", Behaviour.GOOD);
    announce("::1", "127.0.1.1", "127.0.1.2", "127.0.1.3");
    World.announce(worker.dns, "example.net", 20, "two.example.net", "127.0.2.1");
    worker.deliver(Samples.message(Samples.CAROL));
    var before = sockets();
    for (int i = 0; i < 10; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(11, world.at("127.0.2.1").messages().size());
    await().until(() -> sockets() <= before);
    assertEquals(0, worker.metric("delivery_connecting"));
  }

  @Test
  void whoever_is_reached_for_is_given_up_when_the_worker_closes() {
    worker.close();
    worker = worker("delivery.timeouts.connect=10m");
    world.put("::1", Behaviour.BLACKHOLE);
    announce("::1");
    worker.queue.put(Samples.message(Samples.CAROL));
    await().until(() -> worker.metric("delivery_connecting") == 1);
    worker.close();
    worker.awaitSettled();
    assertEquals(0, worker.metric("delivery_connecting"));
  }

  private Worker worker(String... more) {
    var settings = new String[more.length + 2];
    System.arraycopy(more, 0, settings, 2, more.length);
    settings[0] = "delivery.port=" + world.port();
    settings[1] = "delivery.reuse.messages=1";
    return new Worker(settings);
  }

  private void announce(String... addresses) {
    World.announce(worker.dns, "example.net", 10, "one.example.net", addresses);
  }

  private List<Result> results(Family family) {
    return worker.events(MailEvent.Attempted.class).stream()
        .filter(event -> event.mx().family() == family)
        .map(MailEvent.Attempted::result)
        .toList();
  }

  private double metric(String name, String label, String value) {
    return worker.metric(name, label, value);
  }

  private static long sockets() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(RacesIT::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
