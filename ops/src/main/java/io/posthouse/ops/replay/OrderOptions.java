package io.posthouse.ops.replay;

import io.posthouse.kafka.ReplayOrder;
import io.posthouse.message.QueueIds;
import io.posthouse.ops.cli.OperatorOptions;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/// Who replays, and why: told by every event.
public final class OrderOptions {
  @Mixin private OperatorOptions by = new OperatorOptions();

  /// A new order.
  ///
  /// @param node whose name the events carry
  public ReplayOrder order(String node, InstantSource clock) {
    return order(new QueueIds(clock).next().text(), node);
  }

  /// An order that goes on with a replay.
  public ReplayOrder order(String id, String node) {
    var reason = Optional.of(by.reason()).filter(given -> !given.isBlank());
    return new ReplayOrder(id, node, by.operator(), reason);
  }
}
