package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.delivery.egress.EgressPool;

/// A host on the route, by name or address literal.
///
/// @param reason how it came to be on the route
/// @param manner how it is talked to
public record RouteHost(Domain name, int port, Reason reason, Manner manner) {
  /// A host that is talked to as usual.
  public RouteHost(Domain name, int port, Reason reason) {
    this(name, port, reason, Manner.USUAL);
  }

  public enum Reason {
    /// The operator's route table: it may be on loopback.
    ROUTE_TABLE,
    MX,
    /// The domain itself, because it has no MX record (RFC 5321 §5.1).
    IMPLICIT_MX,
    /// The recipient's domain is an address (RFC 5321 §4.1.3).
    LITERAL
  }

  boolean isOperators(Domain domain) {
    return switch (reason) {
      case ROUTE_TABLE -> true;
      case MX -> false;
      case IMPLICIT_MX, LITERAL -> !name.equals(domain);
    };
  }

  RouteHost orFrom(EgressPool pool) {
    return new RouteHost(name, port, reason, manner.orFrom(pool));
  }

  @Override
  public String toString() {
    return name + ":" + port;
  }
}
