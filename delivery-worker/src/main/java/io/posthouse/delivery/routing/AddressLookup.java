package io.posthouse.delivery.routing;

import io.posthouse.delivery.routing.HostAddresses.Skipped;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// From a host of the route to the addresses worth trying.
///
/// @param allowLoopback whether MX records may lead to loopback, as in tests; the route table
///   always may
public record AddressLookup(Dns dns, Ourselves ourselves, boolean allowLoopback) {
  public HostAddresses addresses(RouteHost host) {
    var literal = literal(host);
    if (literal.isPresent()) return sift(host, List.of(literal.get()));
    return switch (dns.addresses(host.name(), Family.IPV6)) {
      case Answer.Found(var ipv6) -> withIpv4(host, ipv6);
      case Answer.NoData<InetAddress>() -> withIpv4(host, List.of());
      case Answer.NoSuchName<InetAddress>() -> none(host, List.of());
      // One family that cannot be asked for must not hide the other.
      case Answer.Unanswered<InetAddress>(var why) -> ipv4Instead(host, why);
    };
  }

  private HostAddresses withIpv4(RouteHost host, List<InetAddress> ipv6) {
    return switch (dns.addresses(host.name(), Family.IPV4)) {
      case Answer.Found(var ipv4) -> sift(host, inTurn(ipv6, ipv4));
      case Answer.NoData<InetAddress>(), Answer.NoSuchName<InetAddress>() -> sift(host, ipv6);
      case Answer.Unanswered<InetAddress>(var why) ->
          ipv6.isEmpty() ? new HostAddresses.Unanswered(why) : sift(host, ipv6);
    };
  }

  private HostAddresses ipv4Instead(RouteHost host, String why) {
    return switch (withIpv4(host, List.of())) {
      case HostAddresses.Usable usable -> usable;
      case HostAddresses.None _, HostAddresses.Unanswered _ -> new HostAddresses.Unanswered(why);
    };
  }

  /// Addresses are skipped one by one: a wrong one takes neither its host nor its domain away.
  private HostAddresses sift(RouteHost host, List<InetAddress> addresses) {
    var usable = new ArrayList<MxHost>();
    var skipped = new ArrayList<Skipped>();
    for (var address : addresses) {
      unusable(host, address)
          .ifPresentOrElse(
              why -> skipped.add(new Skipped(address, why)),
              () -> usable.add(new MxHost(host.name().name(), address, host.port())));
    }
    return usable.isEmpty() ? none(host, skipped) : new HostAddresses.Usable(usable);
  }

  private Optional<String> unusable(RouteHost host, InetAddress address) {
    if (address.isAnyLocalAddress()) return Optional.of("unspecified");
    if (address.isMulticastAddress()) return Optional.of("multicast");
    if (address.isLinkLocalAddress()) return Optional.of("link-local");
    if (isBroadcast(address)) return Optional.of("broadcast");
    var chosenByUs = host.reason() == Reason.ROUTE_TABLE;
    if (address.isLoopbackAddress() && !allowLoopback && !chosenByUs)
      return Optional.of("loopback");
    if (ourselves.isAt(address) && !chosenByUs) return Optional.of("our own");
    return Optional.empty();
  }

  private static boolean isBroadcast(InetAddress address) {
    return address.getHostAddress().equals("255.255.255.255");
  }

  private static HostAddresses none(RouteHost host, List<Skipped> skipped) {
    var why =
        skipped.isEmpty()
            ? "has no address"
            : "has no usable address: "
                + skipped.stream().map(Skipped::toString).collect(Collectors.joining(", "));
    return new HostAddresses.None(host.name() + " " + why, skipped);
  }

  private static Optional<InetAddress> literal(RouteHost host) {
    return Literals.address(host.name());
  }

  private static List<InetAddress> inTurn(List<InetAddress> ipv6, List<InetAddress> ipv4) {
    var all = new ArrayList<InetAddress>();
    for (int i = 0; i < Math.max(ipv6.size(), ipv4.size()); i++) {
      if (i < ipv6.size()) all.add(ipv6.get(i));
      if (i < ipv4.size()) all.add(ipv4.get(i));
    }
    return all;
  }
}
