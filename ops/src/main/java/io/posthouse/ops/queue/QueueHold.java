package io.posthouse.ops.queue;

import io.posthouse.directive.Act;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `posthouse queue hold`.
@Command(
    name = "hold",
    description = {
      "Holds messages of the queue until they are released: what waits and what is taken for an"
          + " attempt or for a mailbox. Attempts under way go on."
    })
final class QueueHold extends ActCommand {
  @Override
  Act act(CommandSpec spec) {
    return new Act.Hold();
  }
}
