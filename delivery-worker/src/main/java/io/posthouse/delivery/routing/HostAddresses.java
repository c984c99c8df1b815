package io.posthouse.delivery.routing;

import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.util.List;

/// What stands behind a host of the route.
public sealed interface HostAddresses {
  /// Both families in turn, IPv6 first.
  ///
  /// @param skipped those that are not among them
  record Usable(List<MxHost> inTurn, List<Skipped> skipped) implements HostAddresses {
    public Usable {
      inTurn = List.copyOf(inTurn);
      skipped = List.copyOf(skipped);
    }
  }

  /// Certainly nothing to connect to: no address, or none that mail could be sent to.
  record None(String why, List<Skipped> skipped) implements HostAddresses {
    public None {
      skipped = List.copyOf(skipped);
    }
  }

  /// It is ourselves: mail would come back. Most likely our directory lacks a domain of ours.
  record OurOwn(String why) implements HostAddresses {}

  /// The DNS did not say.
  record Unanswered(String why) implements HostAddresses {}

  /// An address we do not try, and why.
  record Skipped(InetAddress address, String why) {
    @Override
    public String toString() {
      return address.getHostAddress() + " is " + why;
    }
  }
}
