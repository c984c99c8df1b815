package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.routing.RouteTable.Entry;
import io.posthouse.message.NextHop;
import java.util.List;

/// The operator's route table first, then the MX records. A route leaves from the egress pool that
/// it names, or from that of the sender.
public final class OperatorRoutes implements MailRoutes {
  private final RouteTable table;
  private final EgressChoice egress;
  private final MxRoutes mx;

  public OperatorRoutes(RouteTable table, EgressChoice egress, MxRoutes mx) {
    this.table = table;
    this.egress = egress;
    this.mx = mx;
  }

  @Override
  public Route lookup(Domain domain, ReversePath sender) {
    var pool = egress.of(sender);
    return switch (table.entry(domain, sender).map(Entry::directions).orElse(Directions.USUAL)) {
      case Directions.Hosts(var hosts) ->
          new Route.Hosts(hosts.stream().map(host -> host.orFrom(pool)).toList());
      case Directions.ByMx(var of, var port, var manner) -> {
        var route = mx.lookup(of.orElse(domain), port, manner.orFrom(pool));
        yield of.isEmpty() ? route : ofTheOperator(of.get(), route);
      }
    };
  }

  @Override
  public Route via(NextHop hop, ReversePath sender) {
    var host = new RouteHost(hop.host(), hop.port(), RouteHost.Reason.ROUTE_TABLE);
    return new Route.Hosts(List.of(host.orFrom(egress.of(sender))));
  }

  /// What is wrong with a name that the operator chose is our trouble, and returns nobody's mail.
  private static Route ofTheOperator(Domain name, Route route) {
    return switch (route) {
      case Route.NullMx() -> new Route.Unanswered("route to " + name + ": it takes no mail");
      case Route.NoSuchDomain(var why) -> new Route.Unanswered("route to " + name + ": " + why);
      case Route.Hosts _, Route.BackToUs _, Route.Unanswered _, Route.Fault _ -> route;
    };
  }
}
