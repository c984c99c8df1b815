package io.posthouse.delivery.egress;

import io.posthouse.address.Domain;
import io.posthouse.smtp.Family;
import java.util.List;
import java.util.Optional;

/// Addresses of ours that some mail leaves from. A family of which it names none leaves from
/// wherever the system chooses, so that a pool of one family never cuts the other off.
///
/// @param name as the operator calls it
/// @param helo what we say in EHLO where an address has no name of its own; empty for this node's
public record EgressPool(String name, List<EgressAddress> addresses, Optional<Domain> helo) {
  /// No pool: any address of this node, and its name.
  public static final EgressPool ANY = new EgressPool("any", List.of(), Optional.empty());

  public EgressPool {
    addresses = List.copyOf(addresses);
  }

  /// Its addresses of one family.
  public List<EgressAddress> of(Family family) {
    return addresses.stream().filter(address -> address.family() == family).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
