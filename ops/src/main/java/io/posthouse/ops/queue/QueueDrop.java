package io.posthouse.ops.queue;

import io.posthouse.directive.Act;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `posthouse queue drop`.
@Command(
    name = "drop",
    description = {"Gives messages up, and tells nobody."})
final class QueueDrop extends ActCommand {
  @Override
  Act act(CommandSpec spec) {
    return new Act.Drop();
  }
}
