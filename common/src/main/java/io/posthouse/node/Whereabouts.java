package io.posthouse.node;

import java.util.Optional;

/// Where a message is that some process has in hand.
public sealed interface Whereabouts {
  /// The process.
  String node();

  /// The site at which it is; empty where there is none.
  String siteName();

  /// It is being delivered or stored.
  record UnderWay(String node, InFlight message) implements Whereabouts {
    @Override
    public String siteName() {
      return message.site();
    }
  }

  /// It waits for its turn.
  ///
  /// @param site how its site stands, if that was told
  record InLine(String node, Waiting message, Optional<BusySite> site) implements Whereabouts {
    @Override
    public String siteName() {
      return message.site();
    }
  }
}
