package io.posthouse.ops.role;

import picocli.CommandLine.Command;

/// `posthouse store`.
@Command(
    name = "store",
    description = "Stores local mail in MongoDB. Runs until SIGTERM, then drains.")
public final class StoreCommand extends RoleCommand {
  @Override
  void addTo(Node node) {
    StoreRole.addTo(node);
  }
}
