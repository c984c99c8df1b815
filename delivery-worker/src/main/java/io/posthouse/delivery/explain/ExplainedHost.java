package io.posthouse.delivery.explain;

import io.posthouse.delivery.explain.ExplainedAddress.Tried;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.security.HostPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A host on the route.
///
/// @param preference of its MX record, if it has one
/// @param policy what it must give us; empty where none of its addresses is tried, as nobody is
///   asked then
/// @param hindrance why it gets no mail now, if so
public record ExplainedHost(
    RouteHost host,
    OptionalInt preference,
    Optional<HostPolicy> policy,
    List<ExplainedAddress> addresses,
    Optional<Hindrance> hindrance) {
  public ExplainedHost {
    addresses = List.copyOf(addresses);
  }

  /// The addresses that mail for it goes to.
  Stream<Tried> tried() {
    return hindrance.isPresent()
        ? Stream.empty()
        : addresses.stream().filter(Tried.class::isInstance).map(Tried.class::cast);
  }
}
