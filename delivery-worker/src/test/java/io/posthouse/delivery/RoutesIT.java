package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Samples;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Result;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ways that mail takes, over a real name server and real sockets.
class RoutesIT {
  private static final String IN_THE_CLEAR = "delivery.routes.\"*\".tls=opportunistic";
  private static final String LOGIN = "delivery.routes.\"*\".auth.";

  private final ScriptedMx mx = ScriptedMx.start();
  private final ScriptedMx other = ScriptedMx.start();
  private Worker worker = worker();

  @AfterEach
  void stop() {
    worker.close();
    mx.close();
    other.close();
  }

  @Test
  void an_alias_is_followed_from_the_domain_to_its_host() {
    worker.dns.cname("example.net", "moved.example").mx("moved.example", 10, "mx.moved.example");
    worker.dns.cname("mx.moved.example", "host.moved.example");
    worker.dns.a("host.moved.example", "127.0.0.1");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, mx.messages().size());
  }

  @Test
  void an_endless_alias_is_waited_for() {
    worker.dns.cname("example.net", "loop.example").cname("loop.example", "example.net");
    worker.deliver(Samples.message(Samples.CAROL));
    assertDeferred("4.4.3");
  }

  @Test
  void a_host_that_is_an_alias_of_ourselves_leads_nowhere_and_neither_do_those_behind_it() {
    worker.dns.mx("example.net", 10, "alias.example.net").mx("example.net", 20, "mx.example.net");
    worker.dns.cname("alias.example.net", "us.example.org").a("us.example.org", "127.0.0.1");
    worker.dns.a("mx.example.net", "127.0.0.1");
    worker.deliver(Samples.message(Samples.CAROL));
    assertDeferred("4.4.6");
    assertEquals(0, mx.connections());
  }

  @Test
  void a_link_local_address_beside_a_good_one_costs_nothing() {
    worker.dns.mx("example.net", 10, "mx.example.net");
    worker.dns.aaaa("mx.example.net", "fe80::10").a("mx.example.net", "127.0.0.1");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, mx.messages().size());
    assertEquals(1, worker.events(MailEvent.Attempted.class).size());
  }

  @Test
  void a_smarthost_gets_the_mail_after_the_login() {
    again(
        "delivery.routes.\"*\".hosts=127.0.0.1:" + mx.port(),
        LOGIN + "user=us",
        LOGIN + "password=pw",
        IN_THE_CLEAR);
    mx.on("EHLO", "250-mx", "250 AUTH PLAIN").on("AUTH", "235 2.7.0 Welcome");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, mx.messages().size());
    assertEquals("AUTH PLAIN AHVzAHB3", mx.commands().get(1));
  }

  @Test
  void a_smarthost_that_cannot_prove_who_it_is_does_not_hear_our_password() {
    again(
        "delivery.routes.\"*\".hosts=127.0.0.1:" + mx.port(),
        LOGIN + "user=us",
        LOGIN + "password=pw");
    mx.on("EHLO", "250-mx", "250 AUTH PLAIN");
    worker.deliver(Samples.message(Samples.CAROL));
    assertDeferred("4.7.4");
    assertEquals(List.of(Result.TLS_FAILED), results());
  }

  @Test
  void a_smarthost_that_refuses_our_login_is_passed_over_and_bounces_nobody() {
    again(
        "delivery.routes.\"*\".hosts=[127.0.0.1:" + mx.port() + ", 127.0.0.1:" + other.port() + "]",
        LOGIN + "user=us",
        LOGIN + "password=pw",
        IN_THE_CLEAR);
    mx.on("EHLO", "250-mx", "250 AUTH PLAIN").on("AUTH", "535 5.7.8 Who are you?");
    other.on("EHLO", "250-mx", "250 AUTH PLAIN").on("AUTH", "235 2.7.0 Welcome");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, other.messages().size());
    assertEquals(List.of(Result.LOGIN_FAILED, Result.ACCEPTED), results());
    assertEquals(0, worker.events(MailEvent.Bounced.class).size());
  }

  @Test
  void a_login_that_nobody_takes_waits_and_is_not_tried_for_each_message() {
    again(
        "delivery.routes.\"*\".hosts=127.0.0.1:" + mx.port(),
        LOGIN + "user=us",
        LOGIN + "password=pw",
        IN_THE_CLEAR);
    mx.on("EHLO", "250-mx", "250 AUTH PLAIN").on("AUTH", "535 5.7.8 Who are you?");
    for (int i = 0; i < 5; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(5, worker.events(MailEvent.Deferred.class).size());
    assertDeferred("4.7.0");
    assertEquals(1, mx.commands().stream().filter(c -> c.startsWith("AUTH")).count());
  }

  @Test
  void a_smarthost_that_wants_a_login_we_have_not_bounces_nobody() {
    again("delivery.routes.\"*\".hosts=127.0.0.1:" + mx.port());
    for (var code : List.of("530", "535", "538")) {
      mx.on("MAIL", code + " 5.7.0 Authentication required");
      worker.deliver(Samples.message(Samples.CAROL));
    }
    assertEquals(0, worker.events(MailEvent.Bounced.class).size());
    assertEquals(3, worker.events(MailEvent.Deferred.class).size());
  }

  @Test
  void a_mistyped_smarthost_is_our_trouble_and_bounces_nobody() {
    again("delivery.routes.\"*\".hosts=relay.mistyped.example");
    worker.deliver(Samples.message(Samples.CAROL));
    assertDeferred("4.3.5");
    again("delivery.routes.\"*\".mx=mistyped.example");
    worker.deliver(Samples.message(Samples.CAROL));
    assertDeferred("4.4.3");
  }

  @Test
  void the_senders_smarthost_gets_what_is_for_no_domain_of_its_own() {
    again(
        "delivery.sender_routes.\"example.com\".hosts=127.0.0.1:" + mx.port(),
        "delivery.routes.\"*\".hosts=127.0.0.1:" + other.port(),
        "delivery.routes.\"example.org\".hosts=127.0.0.1:" + other.port());
    worker.deliver(Samples.message(Samples.remote("a@example.net")));
    worker.deliver(Samples.message(Samples.remote("b@example.org")));
    assertEquals(List.of("<a@example.net>"), mx.messages().getFirst().to());
    assertEquals(List.of("<b@example.org>"), other.messages().getFirst().to());
  }

  @Test
  void a_pool_that_is_nowhere_on_this_node_defers_and_says_so() {
    again("delivery.egress.\"default\".ipv4=192.0.2.77");
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    worker.deliver(Samples.message(Samples.CAROL));
    var said = worker.events(MailEvent.Deferred.class).getLast().evidence().text();
    assertTrue(said.contains("this node has no ipv4 address of the egress pool default"), said);
    assertEquals(1, worker.metric("delivery_egress_missing"));
  }

  @Test
  void a_pool_of_ipv6_alone_does_not_cut_ipv4_off_and_gives_its_name() {
    again(
        "delivery.egress.\"default\".ipv6=2001:db8::77",
        "delivery.egress.\"default\".helo=out.example.org");
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, mx.messages().size());
    assertEquals("EHLO out.example.org", mx.commands().getFirst());
  }

  private void assertDeferred(String status) {
    assertEquals(
        status, worker.events(MailEvent.Deferred.class).getLast().evidence().status().toString());
    assertEquals(0, worker.events(MailEvent.Bounced.class).size());
  }

  private List<Result> results() {
    return worker.events(MailEvent.Attempted.class).stream()
        .map(MailEvent.Attempted::result)
        .toList();
  }

  private void again(String... settings) {
    worker.close();
    worker = worker(settings);
  }

  private Worker worker(String... settings) {
    var all = Stream.concat(Stream.of("delivery.port=" + mx.port()), Arrays.stream(settings));
    return new Worker(all.toArray(String[]::new));
  }
}
