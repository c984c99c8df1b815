package io.posthouse.delivery.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.delivery.breaker.BreakerSettings;
import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.breaker.Health;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.conversation.Patience;
import io.posthouse.delivery.egress.Egress;
import io.posthouse.delivery.routing.AddressLookup;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.Ourselves;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.security.TlsPolicies;
import io.posthouse.delivery.shaping.Limits;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.delivery.tls.Authorities;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.dns.InMemoryDns;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Attempts that end before anybody is connected to.
class DeliveryAttemptTest {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final RouteHost US = new RouteHost(EXAMPLE, 25, Reason.IMPLICIT_MX);

  private final InMemoryDns dns = new InMemoryDns();
  private final Connections connections =
      new Connections(
          new Egress("us.example.org", _ -> true),
          Patience.RFC5321,
          new TlsClient(new Authorities(Set.of()), InstantSource.system()),
          Duration.ofHours(1));

  private final Breakers breakers = new Breakers(BreakerSettings.DEFAULT, InstantSource.system());

  @AfterEach
  void close() {
    connections.close();
  }

  @Test
  void a_fault_of_ours_defers_whoever_has_no_outcome() {
    var fault = new IllegalStateException("a fault");
    dns.address("a.example.net", "192.0.2.1");
    var attempted =
        attempt(
            to("a.example.net"),
            (_, _, _) -> {
              throw fault;
            });
    assertEquals(Optional.of(fault), attempted.bug());
    assertEquals("deferred 4.3.0", outcome(attempted));
    assertEquals(Optional.of(fault), attempt(new Route.Fault(fault)).bug());
  }

  @Test
  void an_error_of_ours_defers_whoever_has_no_outcome_too() {
    var overflow = new StackOverflowError();
    dns.address("a.example.net", "192.0.2.1");
    var attempted =
        attempt(
            to("a.example.net"),
            (_, _, _) -> {
              throw overflow;
            });
    assertEquals(Optional.of(overflow), attempted.bug());
    assertEquals("deferred 4.3.0", outcome(attempted));
    assertEquals(Optional.of(overflow), attempt(new Route.Fault(overflow)).bug());
  }

  @Test
  void each_route_without_hosts_has_its_outcome() {
    assertEquals("failed 5.1.10", outcome(attempt(new Route.NullMx())));
    assertEquals("failed 5.1.2", outcome(attempt(new Route.NoSuchDomain("no such"))));
    assertEquals("deferred 4.4.3", outcome(attempt(new Route.Unanswered("SERVFAIL"))));
    assertEquals("deferred 4.4.6", outcome(attempt(new Route.BackToUs(US))));
  }

  @Test
  void hosts_without_usable_addresses_are_no_way() {
    dns.address("a.example.net", "127.0.0.1").address("b.example.net");
    assertEquals("failed 5.4.4", outcome(attempt(to("a.example.net", "b.example.net"))));
  }

  @Test
  void a_host_nobody_could_tell_us_about_might_be_a_way() {
    dns.address("a.example.net", "127.0.0.1").unanswered("b.example.net");
    assertEquals("deferred 4.4.3", outcome(attempt(to("a.example.net", "b.example.net"))));
  }

  @Test
  void no_policy_is_asked_for_where_everything_is_left_alone() {
    dns.address("a.example.net", "192.0.2.1", "192.0.2.2");
    leaveAlone("192.0.2.1");
    leaveAlone("192.0.2.2");
    var attempted =
        attempt(
            to("a.example.net"),
            (_, _, _) -> {
              throw new AssertionError("asked");
            });
    assertEquals("deferred 4.4.1", outcome(attempted));
    assertEquals(
        "a.example.net[192.0.2.1]:25 is left alone: dead",
        attempted.leftAlone().orElseThrow().toString());
  }

  private void leaveAlone(String address) {
    var mx = new MxHost("a.example.net", InetAddress.ofLiteral(address), 25);
    breakers.of(mx).ask().orElseThrow().report(new Health.Silent("dead"));
  }

  private Attempted attempt(Route route) {
    return attempt(route, TlsPolicies.OPPORTUNISTIC);
  }

  private Attempted attempt(Route route, TlsPolicies policies) {
    var envelope = Samples.message(Samples.CAROL);
    var lookup = new AddressLookup(dns, new Ourselves(Set.of(), Set.of()), false);
    var attempt =
        new DeliveryAttempt(
            lookup,
            policies,
            connections,
            breakers,
            tried -> {
              throw new AssertionError("tried " + tried.mx());
            },
            Families.DEFAULT,
            AttemptLimits.DEFAULT);
    return attempt.run(EXAMPLE, route, envelope, Octets.EMPTY::input, Visit.within(Limits.DEFAULT));
  }

  private static Route to(String... hosts) {
    var all =
        List.of(hosts).stream()
            .map(host -> new RouteHost(new Domain(host), 25, Reason.MX))
            .toList();
    return new Route.Hosts(all);
  }

  private static String outcome(Attempted attempted) {
    var outcome = attempted.outcomes().get(Samples.CAROL);
    return switch (outcome) {
      case DeliveryOutcome.Delivered _ -> "delivered";
      case DeliveryOutcome.Deferred(_, var evidence) -> "deferred " + evidence.status();
      case DeliveryOutcome.Failed(_, var evidence) -> "failed " + evidence.status();
      case null -> "none";
    };
  }
}
