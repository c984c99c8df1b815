package io.posthouse.delivery.explain;

import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.egress.Source;
import java.net.InetAddress;
import java.util.Optional;

/// An address of a host on the route.
public sealed interface ExplainedAddress {
  InetAddress address();

  /// It is tried.
  ///
  /// @param from where the connection comes from
  /// @param leftAlone why it is not tried just now; known to a worker alone
  record Tried(InetAddress address, Source.From from, Optional<LeftAlone> leftAlone)
      implements ExplainedAddress {}

  /// It is not.
  record Skipped(InetAddress address, String why) implements ExplainedAddress {}
}
