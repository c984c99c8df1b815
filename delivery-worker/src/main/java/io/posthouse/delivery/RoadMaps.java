package io.posthouse.delivery;

import io.posthouse.config.NodeSettings;
import io.posthouse.delivery.egress.Egress;
import io.posthouse.delivery.egress.OwnAddresses;
import io.posthouse.delivery.explain.RoadMap;
import io.posthouse.delivery.policy.Dane;
import io.posthouse.delivery.policy.MtaSts;
import io.posthouse.delivery.policy.PolicyNotes;
import io.posthouse.delivery.policy.PublishedPolicies;
import io.posthouse.delivery.routing.AddressLookup;
import io.posthouse.delivery.security.OperatorPolicies;
import io.posthouse.delivery.security.TlsPolicies;
import io.posthouse.delivery.sts.HttpsPolicyHosts;
import io.posthouse.delivery.sts.PolicyMemory;
import io.posthouse.delivery.sts.StsNotes;
import io.posthouse.delivery.sts.StsPolicies;
import io.posthouse.delivery.sts.Trust;
import io.posthouse.dns.Dns;
import java.time.InstantSource;

/// Road maps as the settings draw them.
public final class RoadMaps {
  private RoadMaps() {}

  /// What a map leans on.
  ///
  /// @param policies what is known of the TLS policies of domains
  /// @param found hears of policies, `fetched` of fetches
  public record Surroundings(
      Dns dns, PolicyMemory policies, PolicyNotes found, StsNotes fetched, InstantSource clock) {}

  /// The map of one node.
  public static RoadMap of(NodeSettings node, DeliverySettings settings, Surroundings around) {
    var routing = settings.routing();
    var ourselves = routing.ourselves(node.hostname());
    return new RoadMap(
        around.dns(),
        routing.table(),
        routing.routes(around.dns(), ourselves),
        new AddressLookup(around.dns(), routing.sieve(ourselves)),
        new OperatorPolicies(settings.security().rules(), published(settings, around)),
        new Egress(node.hostname(), new OwnAddresses()::has),
        settings.families().use(),
        settings.shaping());
  }

  private static TlsPolicies published(DeliverySettings settings, Surroundings around) {
    var dane = new Dane(around.dns(), around.found());
    var sts = settings.mtaSts();
    if (!sts.enabled()) return new PublishedPolicies(dane);
    var trust = Trust.in(settings.security().authorities().anchors());
    var hosts = new HttpsPolicyHosts(around.dns(), trust, sts.port(), sts.timeout());
    var policies =
        new StsPolicies(
            around.dns(),
            hosts,
            around.policies(),
            around.fetched(),
            around.clock(),
            sts.timeout());
    return new PublishedPolicies(dane, new MtaSts(policies, around.found()));
  }
}
