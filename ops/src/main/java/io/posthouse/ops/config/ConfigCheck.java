package io.posthouse.ops.config;

import io.posthouse.config.ConfigException;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse config check`: all problems at once, exit code 3, or one line that says there are
/// none.
@Command(
    name = "check",
    description = "Says every problem of the settings, with its line; 3 where there is one.")
final class ConfigCheck implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException {
    var effective = cluster.load(PosthouseSettings::read).effective();
    spec.commandLine().getOut().println("no problems; " + effective.size() + " settings");
    return ExitCode.DONE;
  }
}
