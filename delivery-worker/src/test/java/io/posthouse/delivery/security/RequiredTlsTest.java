package io.posthouse.delivery.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.security.HostPolicy.Allowed;
import io.posthouse.delivery.security.HostPolicy.Forbidden;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequiredTlsTest {
  private static final Domain MX = new Domain("mx.example.net");
  private static final Security BY_NAME = new Security.Verified(Set.of("mx.example.net"));
  private static final List<Security> WEAK =
      List.of(
          new Security.Clear(),
          new Security.Opportunistic(),
          new Security.Testing(Set.of("mx.example.net")),
          new Security.Encrypted());

  @Test
  void a_host_that_was_surely_named_must_prove_its_name() {
    var verified = Optional.of(new Allowed(BY_NAME, PolicySource.REQUIRETLS));
    for (var weak : WEAK) {
      assertEquals(verified, required(weak, PolicySource.DEFAULT, Reason.MX, true));
      for (var reason : List.of(Reason.IMPLICIT_MX, Reason.LITERAL, Reason.ROUTE_TABLE))
        assertEquals(verified, required(weak, PolicySource.DEFAULT, reason, false));
    }
  }

  @Test
  void a_host_that_anybody_could_have_named_can_prove_nothing() {
    for (var weak : WEAK)
      assertEquals(Optional.empty(), required(weak, PolicySource.DEFAULT, Reason.MX, false));
    assertEquals(Optional.empty(), required(BY_NAME, PolicySource.SETTINGS, Reason.MX, false));
  }

  @Test
  void policies_that_name_the_host_themselves_are_as_good_as_dnssec() {
    var sts = new Allowed(BY_NAME, PolicySource.MTA_STS);
    assertEquals(
        Optional.of(sts), required(sts.security(), PolicySource.MTA_STS, Reason.MX, false));
    var known = new Security.Verified(Set.of("*.example.net"));
    assertEquals(
        Optional.of(new Allowed(known, PolicySource.SETTINGS)),
        required(known, PolicySource.SETTINGS, Reason.MX, false));
  }

  @Test
  void dane_is_enough_and_what_is_forbidden_stays_so() {
    var tlsa = new Tlsa(3, 1, 1, Octets.of(new byte[32]));
    var dane = new Security.Dane(List.of(tlsa), MX, Set.of(MX));
    assertEquals(
        Optional.of(new Allowed(dane, PolicySource.DANE)),
        required(dane, PolicySource.DANE, Reason.MX, true));
    var forbidden = new Forbidden("not named", PolicySource.MTA_STS);
    var host = new RouteHost(MX, 25, Reason.MX);
    assertEquals(
        Optional.of(forbidden), RequiredTls.of(forbidden, new Route.Hosts(List.of(host)), host));
  }

  private static Optional<HostPolicy> required(
      Security security, PolicySource source, Reason reason, boolean authentic) {
    var host = new RouteHost(MX, 25, reason);
    return RequiredTls.of(
        new Allowed(security, source),
        new Route.Hosts(List.of(host), authentic, Optional.empty()),
        host);
  }
}
