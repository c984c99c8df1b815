package io.posthouse.delivery.routing;

import io.posthouse.config.Network;
import io.posthouse.delivery.routing.HostAddresses.Skipped;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.outcome.MxHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Keeps addresses that mail can be sent to. The others are skipped one by one: a wrong one takes
/// neither its host nor its domain away. Pure.
///
/// @param allowLoopback whether MX records may lead to loopback, as in tests; the route table
///   always may
/// @param skipped networks of which the operator wants no address tried; the route table may lead
///   there all the same
public record AddressSieve(Ourselves ourselves, boolean allowLoopback, List<Network> skipped) {
  /// RFC 1122 §3.2.1.3.
  private static final Network THIS_NETWORK = Network.parse("0.0.0.0/8");

  /// RFC 1112 §4; the broadcast address is the last of it.
  private static final Network RESERVED = Network.parse("240.0.0.0/4");

  public AddressSieve {
    skipped = List.copyOf(skipped);
  }

  HostAddresses sift(RouteHost host, List<Candidate> candidates) {
    var usable = new ArrayList<MxHost>();
    var skips = new ArrayList<Skipped>();
    for (var candidate : candidates) {
      var address = candidate.address();
      unusable(host, candidate)
          .ifPresentOrElse(
              why -> skips.add(new Skipped(address, why)),
              () -> usable.add(new MxHost(host.name().name(), address, host.port())));
    }
    return usable.isEmpty() ? none(host, skips) : new HostAddresses.Usable(usable, skips);
  }

  private Optional<String> unusable(RouteHost host, Candidate candidate) {
    var address = candidate.address();
    if (candidate.isMapped()) return Optional.of("IPv4-mapped");
    if (address.isAnyLocalAddress()) return Optional.of("unspecified");
    if (address.isMulticastAddress()) return Optional.of("multicast");
    if (address.isLinkLocalAddress()) return Optional.of("link-local");
    if (address.getHostAddress().equals("255.255.255.255")) return Optional.of("broadcast");
    if (THIS_NETWORK.contains(address) || RESERVED.contains(address))
      return Optional.of("reserved");
    // What the operator's own table says is no mistake of somebody else.
    if (host.reason() == Reason.ROUTE_TABLE) return Optional.empty();
    if (address.isLoopbackAddress() && !allowLoopback) return Optional.of("loopback");
    if (skipped.stream().anyMatch(network -> network.contains(address)))
      return Optional.of("in a network to skip");
    return ourselves.isAt(address) ? Optional.of("our own") : Optional.empty();
  }

  private HostAddresses none(RouteHost host, List<Skipped> skips) {
    var why =
        skips.isEmpty()
            ? "has no address"
            : "has no usable address: "
                + skips.stream().map(Skipped::toString).collect(Collectors.joining(", "));
    return skips.stream().anyMatch(skip -> ourselves.isAt(skip.address()))
        ? new HostAddresses.OurOwn(host.name() + " " + why)
        : new HostAddresses.None(host.name() + " " + why, skips);
  }
}
