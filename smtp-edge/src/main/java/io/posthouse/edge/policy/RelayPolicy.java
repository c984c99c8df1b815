package io.posthouse.edge.policy;

import io.posthouse.config.Network;
import io.posthouse.edge.session.Link;
import java.net.InetAddress;
import java.util.List;

/// Who may send to anybody, and not only to us: those who logged in, and our own networks. For all
/// others we are no relay.
public record RelayPolicy(List<Network> networks) {
  public RelayPolicy {
    networks = List.copyOf(networks);
  }

  boolean allows(Link link, InetAddress client) {
    return link.user().isPresent() || isOurs(client);
  }

  /// Whether a client is in one of our own networks.
  public boolean isOurs(InetAddress client) {
    return networks.stream().anyMatch(network -> network.contains(client));
  }
}
