package io.posthouse.ops.role;

import java.time.Duration;
import picocli.CommandLine.Command;

/// `posthouse deliver`.
@Command(
    name = "deliver",
    description = "Delivers mail to the MX hosts of its domains. Runs until SIGTERM, then drains.")
public final class DeliverCommand extends RoleCommand {
  /// What is left of the drain when the last host has answered, or has not in its time.
  private static final Duration THE_REST = Duration.ofMinutes(1);

  @Override
  void addTo(Node node) {
    // A host that has the whole message and owes its reply: to leave now would be to send it twice.
    node.withDrain(node.settings().delivery().patience().end().plus(THE_REST));
    DeliverRole.addTo(node);
  }
}
