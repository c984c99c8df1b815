package io.posthouse.delivery.security;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;

/// Finds what stands about a host.
public interface TlsPolicies {
  /// TLS where it is to be had, for everybody.
  TlsPolicies OPPORTUNISTIC =
      (_, _, _) -> new HostPolicy.Allowed(new Security.Opportunistic(), PolicySource.DEFAULT);

  /// What stands about `host`, which is on the route `hosts` to `domain`. Blocks while the DNS or a
  /// policy host is asked; never throws for what they do.
  HostPolicy of(Domain domain, Route.Hosts hosts, RouteHost host);
}
