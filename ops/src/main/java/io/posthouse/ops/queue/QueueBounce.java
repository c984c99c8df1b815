package io.posthouse.ops.queue;

import io.posthouse.directive.Act;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `posthouse queue bounce`.
@Command(
    name = "bounce",
    description = {
      "Gives messages up, and tells their senders so with the reason.",
      "Mail from <> goes to the dead letters: nobody can be told."
    })
final class QueueBounce extends ActCommand {
  @Override
  Act act(CommandSpec spec) {
    return new Act.Bounce();
  }
}
