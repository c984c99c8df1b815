package io.posthouse.ops.queue;

import io.posthouse.directive.Act;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `posthouse queue flush`.
@Command(
    name = "flush",
    description = {"Tries messages at once that wait for their next attempt."})
final class QueueFlush extends ActCommand {
  @Override
  Act act(CommandSpec spec) {
    return new Act.Flush();
  }
}
