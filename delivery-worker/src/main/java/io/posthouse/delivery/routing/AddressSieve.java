package io.posthouse.delivery.routing;

import io.posthouse.delivery.routing.HostAddresses.Skipped;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Keeps addresses that mail can be sent to. The others are skipped one by one: a wrong one takes
/// neither its host nor its domain away. Pure.
record AddressSieve(Ourselves ourselves, boolean allowLoopback) {
  HostAddresses sift(RouteHost host, List<Candidate> candidates) {
    var usable = new ArrayList<MxHost>();
    var skipped = new ArrayList<Skipped>();
    for (var candidate : candidates) {
      var address = candidate.address();
      unusable(host, candidate)
          .ifPresentOrElse(
              why -> skipped.add(new Skipped(address, why)),
              () -> usable.add(new MxHost(host.name().name(), address, host.port())));
    }
    return usable.isEmpty() ? none(host, skipped) : new HostAddresses.Usable(usable, skipped);
  }

  private Optional<String> unusable(RouteHost host, Candidate candidate) {
    var address = candidate.address();
    if (candidate.isMapped()) return Optional.of("IPv4-mapped");
    if (address.isAnyLocalAddress()) return Optional.of("unspecified");
    if (address.isMulticastAddress()) return Optional.of("multicast");
    if (address.isLinkLocalAddress()) return Optional.of("link-local");
    if (isBroadcast(address)) return Optional.of("broadcast");
    // What the operator's own table says is no mistake of somebody else.
    if (host.reason() == Reason.ROUTE_TABLE) return Optional.empty();
    if (address.isLoopbackAddress() && !allowLoopback) return Optional.of("loopback");
    return ourselves.isAt(address) ? Optional.of("our own") : Optional.empty();
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
}
