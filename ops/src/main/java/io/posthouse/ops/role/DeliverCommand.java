package io.posthouse.ops.role;

import picocli.CommandLine.Command;

/// `posthouse deliver`.
@Command(
    name = "deliver",
    description = "Delivers mail to the MX hosts of its domains. Runs until SIGTERM, then drains.")
public final class DeliverCommand extends RoleCommand {
  @Override
  void addTo(Node node) {
    DeliverRole.addTo(node);
  }
}
