package io.posthouse.delivery.policy;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.TlsPolicies;

/// What the world publishes about a host. Where nobody says anything, TLS if it is to be had.
public final class PublishedPolicies implements TlsPolicies {
  private final Dane dane;

  public PublishedPolicies(Dane dane) {
    this.dane = dane;
  }

  @Override
  public HostPolicy of(Domain domain, Route.Hosts hosts, RouteHost host) {
    return dane.of(domain, hosts, host).orElseGet(() -> OPPORTUNISTIC.of(domain, hosts, host));
  }
}
