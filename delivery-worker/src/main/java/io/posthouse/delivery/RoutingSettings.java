package io.posthouse.delivery;

import io.posthouse.address.Domain;
import io.posthouse.config.Form;
import io.posthouse.config.Network;
import io.posthouse.config.Settings;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.AddressSieve;
import io.posthouse.delivery.routing.EgressChoice;
import io.posthouse.delivery.routing.MxRoutes;
import io.posthouse.delivery.routing.OperatorRoutes;
import io.posthouse.delivery.routing.Ourselves;
import io.posthouse.delivery.routing.RouteTable;
import io.posthouse.dns.Dns;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Which way mail goes, and where from: keys of section `delivery:`.
///
/// @param pools all of `egress`
/// @param egress which of them a sender's mail leaves from
/// @param port of the hosts that MX records name
/// @param allowLoopback whether MX records may lead to loopback
/// @param ownNames names of our edges beside this node's, and `ownAddresses` their addresses: mail
///   must not go round
/// @param skipNetworks whose addresses MX records do not lead to
public record RoutingSettings(
    RouteTable table,
    List<EgressPool> pools,
    EgressChoice egress,
    int port,
    boolean allowLoopback,
    Set<Domain> ownNames,
    Set<InetAddress> ownAddresses,
    List<Network> skipNetworks) {
  /// MX hosts of one domain that are considered: more than any attempt gets to.
  private static final int MOST_HOSTS = 100;

  public RoutingSettings {
    pools = List.copyOf(pools);
    ownNames = Set.copyOf(ownNames);
    ownAddresses = Set.copyOf(ownAddresses);
    skipNetworks = List.copyOf(skipNetworks);
  }

  /// Reads them from section `delivery:`.
  public static RoutingSettings read(Settings in) {
    var egress = EgressSettings.read(in);
    return new RoutingSettings(
        table(in, new RouteSettings(egress.pools())),
        sorted(egress.pools().values()),
        egress.choice(),
        in.about("port of the hosts that MX records name").integer("port", 1, 65_535, 25),
        in.about("whether MX records may lead to 127.0.0.0/8 and ::1")
            .bool("allow_loopback", false),
        Set.copyOf(
            in.about("names of our edges, this node's apart: mail for them would go round")
                .list("own_names", Form.of("a host name", Domain::new), List.of())),
        Set.copyOf(
            in.about("addresses of our edges: mail for them would go round")
                .list("own_addresses", Form.of("an address", InetAddress::ofLiteral), List.of())),
        in.about("networks that MX records do not lead to, such as 10.0.0.0/8")
            .networks("skip_networks", List.of()));
  }

  /// The routes as these settings want them.
  OperatorRoutes routes(Dns dns, Ourselves ourselves) {
    var random = RandomGenerator.getDefault();
    return new OperatorRoutes(
        table, egress, new MxRoutes(dns, ourselves, port, MOST_HOSTS, random));
  }

  AddressSieve sieve(Ourselves ourselves) {
    return new AddressSieve(ourselves, allowLoopback, skipNetworks);
  }

  /// @param nodeName what this node is called
  Ourselves ourselves(String nodeName) {
    var names = new HashSet<>(ownNames);
    names.add(new Domain(nodeName));
    return new Ourselves(names, ownAddresses);
  }

  private static RouteTable table(Settings in, RouteSettings route) {
    var byRecipient = in.map("routes", route::read);
    var bySender = in.map("sender_routes", route::read);
    check(in, "routes", () -> new RouteTable(byRecipient, Map.of()));
    check(in, "sender_routes", () -> new RouteTable(Map.of(), bySender));
    return new RouteTable(byRecipient, bySender);
  }

  private static void check(Settings in, String key, Supplier<RouteTable> table) {
    try {
      var _ = table.get();
    } catch (IllegalArgumentException badPattern) {
      in.problem(key, String.valueOf(badPattern.getMessage()));
      throw badPattern;
    }
  }

  private static List<EgressPool> sorted(Collection<EgressPool> pools) {
    return pools.stream().sorted(Comparator.comparing(EgressPool::name)).toList();
  }
}
