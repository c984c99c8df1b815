package io.posthouse.ops.config;

import io.posthouse.config.SettingsFile;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse config reference`.
@Command(
    name = "reference",
    description = "Lists every key of posthouse.yaml, its default and what may be written there.")
final class ConfigReference implements Callable<Integer> {
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var table = new Table("key", "default", "expected", "what it is for");
    for (var key : SettingsFile.reference(PosthouseSettings::read)) {
      table.row(key.key(), key.byDefault(), key.expected(), key.doc());
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }
}
