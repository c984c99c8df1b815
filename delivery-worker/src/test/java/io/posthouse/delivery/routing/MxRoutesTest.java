package io.posthouse.delivery.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.dns.InMemoryDns;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MxRoutesTest {
  private final InMemoryDns dns = new InMemoryDns();

  @Test
  void the_most_preferred_host_comes_first() {
    dns.mx("example.net", 20, "backup.example.net").mx("example.net", 10, "mx.example.net");
    assertEquals(List.of("mx.example.net:25", "backup.example.net:25"), hosts("example.net"));
  }

  @Test
  void hosts_of_equal_preference_take_turns_in_being_first() {
    dns.mx("example.net", 10, "a.example.net")
        .mx("example.net", 10, "b.example.net")
        .mx("example.net", 5, "best.example.net");
    var seconds = new HashSet<String>();
    for (int seed = 0; seed < 50; seed++) {
      var hosts =
          hosts(routes(seed).lookup(new Domain("example.net"), OptionalInt.empty(), Manner.USUAL));
      assertEquals("best.example.net:25", hosts.getFirst());
      seconds.add(hosts.get(1));
    }
    assertEquals(Set.of("a.example.net:25", "b.example.net:25"), seconds);
  }

  @Test
  void a_domain_without_mx_records_is_its_own_host() {
    dns.address("example.net", "192.0.2.1");
    assertEquals(
        new Route.Hosts(List.of(new RouteHost(new Domain("example.net"), 25, Reason.IMPLICIT_MX))),
        lookup("example.net"));
  }

  @Test
  void a_null_mx_wants_no_mail() {
    dns.mx("example.net", 0, ".");
    assertEquals(new Route.NullMx(), lookup("example.net"));
  }

  @Test
  void a_dot_beside_real_hosts_is_no_null_mx() {
    dns.mx("example.net", 0, ".").mx("example.net", 10, "mx.example.net");
    assertEquals(List.of("mx.example.net:25"), hosts("example.net"));
  }

  @Test
  void an_exchange_that_is_no_host_is_passed_over() {
    dns.mx("example.net", 0, "not a host").mx("example.net", 10, "mx.example.net");
    assertEquals(List.of("mx.example.net:25"), hosts("example.net"));
  }

  @Test
  void a_domain_whose_exchanges_are_no_hosts_cannot_be_reached() {
    dns.mx("example.net", 0, "not a host");
    assertInstanceOf(Route.NoSuchDomain.class, lookup("example.net"));
  }

  @Test
  void a_domain_that_does_not_exist_is_told_from_one_nobody_could_tell_us_about() {
    dns.unanswered("example.org");
    assertEquals(new Route.NoSuchDomain("example.net does not exist"), lookup("example.net"));
    assertEquals(new Route.Unanswered("example.org: SERVFAIL"), lookup("example.org"));
  }

  @Test
  void hosts_as_good_as_ourselves_or_worse_would_send_it_back_to_us() {
    dns.mx("example.net", 10, "best.example.net")
        .mx("example.net", 20, "us.example.org")
        .mx("example.net", 20, "equal.example.net")
        .mx("example.net", 30, "worse.example.net");
    assertEquals(List.of("best.example.net:25"), hosts("example.net"));
  }

  @Test
  void mail_for_which_we_are_the_best_host_would_come_back() {
    dns.mx("example.net", 10, "us.example.org").mx("example.net", 20, "backup.example.net");
    assertInstanceOf(Route.BackToUs.class, lookup("example.net"));
    dns.address("us.example.org", "192.0.2.1");
    assertInstanceOf(Route.BackToUs.class, lookup("us.example.org"));
  }

  @Test
  void an_address_literal_is_a_host_without_asking_the_dns() {
    assertEquals(List.of("[192.0.2.1]:25"), hosts("[192.0.2.1]"));
    assertEquals(List.of("[ipv6:2001:db8::1]:25"), hosts("[IPv6:2001:db8::1]"));
  }

  @Test
  void a_literal_that_is_no_address_cannot_be_reached() {
    for (var literal : List.of("[300.1.1.1]", "[1.2.3]", "[mx.example.net]", "[IPv6:zz]"))
      assertInstanceOf(Route.NoSuchDomain.class, lookup(literal), literal);
  }

  @Test
  void an_alias_of_a_domain_has_the_hosts_of_what_it_stands_for() {
    dns.alias("example.net", "example.org").mx("example.org", 10, "mx.example.org");
    assertEquals(List.of("mx.example.org:25"), hosts("example.net"));
  }

  @Test
  void a_domain_is_the_same_in_both_of_its_forms() {
    dns.mx("xn--bcher-kva.example", 10, "mx.b\u00fccher.example");
    assertEquals(List.of("mx.xn--bcher-kva.example:25"), hosts("B\u00dcCHER.example"));
  }

  @Test
  void an_exchange_that_is_the_text_of_an_address_is_passed_over() {
    dns.mx("example.net", 0, "192.0.2.1").mx("example.net", 10, "mx.example.net");
    assertEquals(List.of("mx.example.net:25"), hosts("example.net"));
  }

  @Test
  void a_host_that_is_named_twice_is_tried_once() {
    dns.mx("example.net", 20, "mx.example.net")
        .mx("example.net", 10, "mx.example.net")
        .mx("example.net", 15, "b.example.net");
    assertEquals(List.of("mx.example.net:25", "b.example.net:25"), hosts("example.net"));
  }

  @Test
  void of_five_hundred_hosts_the_same_few_are_considered_every_time() {
    for (int host = 0; host < 500; host++)
      dns.mx("example.net", 10 + host % 2, "mx" + host + ".example.net");
    var first = hosts("example.net", 1);
    assertEquals(20, first.size());
    for (int seed = 2; seed < 20; seed++)
      assertEquals(Set.copyOf(first), Set.copyOf(hosts("example.net", seed)));
  }

  @Test
  void a_port_and_a_manner_hold_for_every_host() {
    dns.mx("example.net", 10, "mx.example.net");
    var pool = new EgressPool("news", List.of(), Optional.empty());
    var manner = new Manner(Protocol.SMTP, TlsLevel.ENCRYPTED, Optional.empty(), pool);
    var host = new RouteHost(new Domain("mx.example.net"), 2525, Reason.MX, manner);
    var example = new Domain("example.net");
    assertEquals(
        new Route.Hosts(List.of(host), false, Optional.of(example)),
        routes(1).lookup(example, OptionalInt.of(2525), manner));
  }

  private List<String> hosts(String domain) {
    return hosts(lookup(domain));
  }

  private static List<String> hosts(Route route) {
    return assertInstanceOf(Route.Hosts.class, route).mostPreferredFirst().stream()
        .map(RouteHost::toString)
        .toList();
  }

  private List<String> hosts(String domain, long seed) {
    return hosts(routes(seed).lookup(new Domain(domain), OptionalInt.empty(), Manner.USUAL));
  }

  private Route lookup(String domain) {
    return routes(1).lookup(new Domain(domain), OptionalInt.empty(), Manner.USUAL);
  }

  private MxRoutes routes(long seed) {
    var ourselves = new Ourselves(Set.of(new Domain("us.example.org")), Set.of());
    return new MxRoutes(dns, ourselves, 25, 20, new Random(seed));
  }
}
