package io.posthouse.delivery.security;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import java.util.Set;

/// What the operator's route says about TLS; where it leaves that to the policies, what they say.
public final class OperatorPolicies implements TlsPolicies {
  private final TlsPolicies otherwise;

  public OperatorPolicies(TlsPolicies otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public HostPolicy of(Domain domain, Route.Hosts hosts, RouteHost host) {
    return switch (host.manner().tls()) {
      case POLICY -> otherwise.of(domain, hosts, host);
      case CLEAR -> wanted(new Security.Clear());
      case OPPORTUNISTIC -> wanted(new Security.Opportunistic());
      case ENCRYPTED -> wanted(new Security.Encrypted());
      case VERIFIED -> wanted(new Security.Verified(Set.of(host.name().name())));
    };
  }

  private static HostPolicy wanted(Security security) {
    return new HostPolicy.Allowed(security, PolicySource.SETTINGS);
  }
}
