package io.posthouse.delivery.conversation;

import io.posthouse.delivery.egress.Source;
import io.posthouse.outcome.MxHost;

/// What came of reaching for an address.
public sealed interface Reach {
  /// Connected, and nothing said yet. Whoever has it greets the host or lets go.
  record Connected(MxHost mx, Approach approach, Source.From source, Wire wire) implements Reach {}

  /// Not connected.
  sealed interface Failed extends Reach {}

  /// Nobody answered for as long as we wait: finding out was dear.
  record Silent(String why) implements Failed {}

  /// Somebody told us at once that there is no way.
  record Unreachable(String why) implements Failed {}

  /// No connection, for a reason of our own, such as no road to this family: says nothing about the
  /// host.
  record NoRoad(String why) implements Failed {}
}
