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

/// `posthouse config show`.
@Command(
    name = "show",
    description = "Prints every setting that holds, and where it was written; secrets hidden.")
final class ConfigShow implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException {
    spec.commandLine().getOut().println(cluster.load(PosthouseSettings::read).show());
    return ExitCode.DONE;
  }
}
