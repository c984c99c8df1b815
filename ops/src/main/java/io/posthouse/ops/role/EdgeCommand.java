package io.posthouse.ops.role;

import picocli.CommandLine.Command;

/// `posthouse edge`.
@Command(
    name = "edge",
    description = "Accepts and validates mail. Runs until SIGTERM, then drains.")
public final class EdgeCommand extends RoleCommand {
  @Override
  void addTo(Node node) {
    EdgeRole.addTo(node);
  }
}
