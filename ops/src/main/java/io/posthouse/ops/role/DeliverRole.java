package io.posthouse.ops.role;

import io.posthouse.config.DnsSettings;
import io.posthouse.config.HostPort;
import io.posthouse.delivery.DeliveryRole;
import io.posthouse.dnsjava.DnsjavaDns;
import io.posthouse.node.NodeRole;

/// The delivery worker on a node.
public final class DeliverRole {
  private DeliverRole() {}

  public static void addTo(Node node) {
    var settings = node.settings();
    var around =
        new DeliveryRole.Surroundings(
            node.cluster(),
            node.queue(),
            node.queue(),
            dns(settings.dns()),
            node.signers().ofNotices(),
            settings.srs().srs(),
            node.events(),
            node.metrics(),
            node.health(),
            node.pages(),
            node.clock());
    DeliveryRole.services(settings.node(), settings.delivery(), around).forEach(node::with);
    node.as(NodeRole.DELIVER);
  }

  private static DnsjavaDns dns(DnsSettings dns) {
    return new DnsjavaDns(
        dns.servers().stream().map(HostPort::toSocketAddress).toList(),
        dns.timeout(),
        dns.proofs());
  }
}
