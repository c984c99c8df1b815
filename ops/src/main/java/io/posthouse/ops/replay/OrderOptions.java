package io.posthouse.ops.replay;

import io.posthouse.kafka.ReplayOrder;
import io.posthouse.message.QueueIds;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who replays, and why: told by every event.
public final class OrderOptions {
  @Option(
      names = "--operator",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who does this, for the events: ${DEFAULT-VALUE}.")
  private String operator = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the events.")
  private @Nullable String reason;

  /// A new order.
  ///
  /// @param node whose name the events carry
  public ReplayOrder order(String node, InstantSource clock) {
    return order(new QueueIds(clock).next().text(), node);
  }

  /// An order that goes on with a replay.
  public ReplayOrder order(String id, String node) {
    return new ReplayOrder(id, node, operator, Optional.ofNullable(reason));
  }
}
