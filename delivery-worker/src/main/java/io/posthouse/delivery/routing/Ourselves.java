package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import java.net.InetAddress;
import java.util.Set;

/// What leads back to this platform: the names and addresses of its edges.
public record Ourselves(Set<Domain> names, Set<InetAddress> addresses) {
  public Ourselves {
    names = Set.copyOf(names);
    addresses = Set.copyOf(addresses);
  }

  boolean isNamed(Domain host) {
    return names.contains(host);
  }

  boolean isAt(InetAddress address) {
    return addresses.contains(address);
  }
}
