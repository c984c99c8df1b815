package io.posthouse.ops.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// `--yes`, for commands that destroy something.
public final class Confirmation {
  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  /// Returns where the operator wants `what`: by the option, or by answering at a terminal.
  public void require(String what, CommandSpec spec) {
    if (yes) return;
    var terminal =
        Terminal.find().orElseThrow(() -> Usage.wrong(spec, what + " (expected: --yes)"));
    if (!"yes".equals(terminal.readLine("%s. Type yes to go on: ", what)))
      throw CommandFailed.because("nothing was done");
  }
}
