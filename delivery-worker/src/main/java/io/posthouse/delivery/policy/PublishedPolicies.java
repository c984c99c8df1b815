package io.posthouse.delivery.policy;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.TlsPolicies;
import java.util.Optional;

/// What the world publishes about a host. Where both speak, DANE is heard (RFC 8461 §2); where
/// nobody does, TLS if it is to be had.
public final class PublishedPolicies implements TlsPolicies {
  private final Dane dane;
  private final Optional<MtaSts> sts;

  public PublishedPolicies(Dane dane, MtaSts sts) {
    this(dane, Optional.of(sts));
  }

  /// Where nobody asks for MTA-STS.
  public PublishedPolicies(Dane dane) {
    this(dane, Optional.empty());
  }

  private PublishedPolicies(Dane dane, Optional<MtaSts> sts) {
    this.dane = dane;
    this.sts = sts;
  }

  @Override
  public HostPolicy of(Domain domain, Route.Hosts hosts, RouteHost host) {
    var voice = hosts.voiceFor(domain, host);
    return dane.of(voice, hosts, host)
        .or(() -> sts.flatMap(policies -> policies.of(voice, host)))
        .orElseGet(() -> OPPORTUNISTIC.of(domain, hosts, host));
  }
}
