package io.posthouse.delivery.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.dns.InMemoryDns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorRoutesTest {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final ReversePath BOB = new ReversePath.Sender(MailAddress.of("bob@example.org"));
  private static final EgressPool NEWS = new EgressPool("news", List.of(), Optional.empty());
  private static final EgressPool BILLS = new EgressPool("bills", List.of(), Optional.empty());
  private static final RouteHost RELAY =
      new RouteHost(new Domain("relay.example.org"), 2525, Reason.ROUTE_TABLE);

  private final InMemoryDns dns =
      new InMemoryDns()
          .mx("example.net", 10, "mx.example.net")
          .mx("provider.example", 10, "in.provider.example");

  @Test
  void the_route_table_is_asked_before_the_dns() {
    assertEquals(
        List.of(RELAY),
        hosts(Map.of("*", new Directions.Hosts(List.of(RELAY))), new ReversePath.Null()));
  }

  @Test
  void a_route_may_lead_to_the_mx_hosts_of_another_domain() {
    var to = new Domain("provider.example");
    var route = new Directions.ByMx(Optional.of(to), OptionalInt.of(26), Manner.USUAL);
    assertEquals(
        List.of(new RouteHost(new Domain("in.provider.example"), 26, Reason.MX)),
        hosts(Map.of("*", route), new ReversePath.Null()));
  }

  @Test
  void a_route_to_a_name_that_takes_no_mail_is_our_trouble() {
    dns.mx("null.example", 0, ".");
    for (var name : List.of("null.example", "mistyped.example")) {
      var route =
          new Directions.ByMx(Optional.of(new Domain(name)), OptionalInt.empty(), Manner.USUAL);
      assertInstanceOf(Route.Unanswered.class, route(Map.of("*", route), BOB), name);
    }
  }

  @Test
  void a_domain_may_be_excepted_from_a_wider_route() {
    var routes = Map.of("*", new Directions.Hosts(List.of(RELAY)), "example.net", Directions.USUAL);
    assertEquals(
        List.of(new RouteHost(new Domain("mx.example.net"), 25, Reason.MX)),
        hosts(routes, new ReversePath.Null()));
  }

  @Test
  void mail_leaves_from_the_pool_of_its_sender() {
    assertEquals(NEWS, hosts(Map.of(), BOB).getFirst().manner().egress());
    assertEquals(
        NEWS,
        hosts(Map.of("*", new Directions.Hosts(List.of(RELAY))), BOB).getFirst().manner().egress());
    assertEquals(
        EgressPool.ANY, hosts(Map.of(), new ReversePath.Null()).getFirst().manner().egress());
  }

  @Test
  void the_pool_of_a_route_counts_before_that_of_the_sender() {
    var route =
        new Directions.ByMx(Optional.empty(), OptionalInt.empty(), Manner.USUAL.orFrom(BILLS));
    assertEquals(BILLS, hosts(Map.of("example.net", route), BOB).getFirst().manner().egress());
  }

  private List<RouteHost> hosts(Map<String, Directions> routes, ReversePath sender) {
    return assertInstanceOf(Route.Hosts.class, route(routes, sender)).mostPreferredFirst();
  }

  private Route route(Map<String, Directions> routes, ReversePath sender) {
    var ourselves = new Ourselves(Set.of(), Set.of());
    var table = new RouteTable(routes, Map.of());
    var egress = new EgressChoice(Map.of("example.org", NEWS), EgressPool.ANY);
    var mx = new MxRoutes(dns, ourselves, 25, 20, new Random(1));
    return new OperatorRoutes(table, egress, mx).lookup(EXAMPLE, sender);
  }
}
