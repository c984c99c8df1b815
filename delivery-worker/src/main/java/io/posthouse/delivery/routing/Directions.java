package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the operator says about the way of some mail.
public sealed interface Directions {
  /// Nothing: by the MX of the recipient's domain.
  Directions USUAL = new ByMx(Optional.empty(), OptionalInt.empty(), Manner.USUAL);

  /// To these hosts, in this order.
  record Hosts(List<RouteHost> inOrder) implements Directions {
    public Hosts {
      inOrder = List.copyOf(inOrder);
      if (inOrder.isEmpty())
        throw new IllegalArgumentException("route: no hosts (expected: at least one)");
    }
  }

  /// To MX hosts.
  ///
  /// @param of whose; empty for those of the recipient's domain
  /// @param port empty for the usual one
  /// @param manner how they are talked to
  record ByMx(Optional<Domain> of, OptionalInt port, Manner manner) implements Directions {}
}
