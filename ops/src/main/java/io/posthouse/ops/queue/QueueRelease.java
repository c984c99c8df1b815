package io.posthouse.ops.queue;

import io.posthouse.directive.Act;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `posthouse queue release`.
@Command(
    name = "release",
    description = {"Lets held messages go, each at once."})
final class QueueRelease extends ActCommand {
  @Override
  Act act(CommandSpec spec) {
    return new Act.Release();
  }
}
