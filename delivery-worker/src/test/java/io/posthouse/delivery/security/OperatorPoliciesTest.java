package io.posthouse.delivery.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.routing.TlsLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorPoliciesTest {
  @Test
  void what_the_operator_wants_of_a_host_counts_before_what_is_published() {
    assertEquals(new Security.Clear(), security(TlsLevel.CLEAR));
    assertEquals(new Security.Opportunistic(), security(TlsLevel.OPPORTUNISTIC));
    assertEquals(new Security.Encrypted(), security(TlsLevel.ENCRYPTED));
    assertEquals(new Security.Verified(Set.of("relay.example.org")), security(TlsLevel.VERIFIED));
  }

  @Test
  void where_the_operator_says_nothing_what_is_published_counts() {
    assertEquals(
        new HostPolicy.Forbidden("not among its hosts", PolicySource.MTA_STS),
        policy(TlsLevel.POLICY));
  }

  private static Security security(TlsLevel level) {
    var allowed = assertInstanceOf(HostPolicy.Allowed.class, policy(level));
    assertEquals(PolicySource.SETTINGS, allowed.source());
    return allowed.security();
  }

  private static HostPolicy policy(TlsLevel level) {
    var manner = new Manner(Protocol.SMTP, level, Optional.empty(), EgressPool.ANY);
    var host = new RouteHost(new Domain("relay.example.org"), 587, Reason.ROUTE_TABLE, manner);
    TlsPolicies published =
        (_, _, _) -> new HostPolicy.Forbidden("not among its hosts", PolicySource.MTA_STS);
    return new OperatorPolicies(published)
        .of(new Domain("example.net"), new Route.Hosts(List.of(host)), host);
  }
}
