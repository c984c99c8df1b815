package io.posthouse.ops.up;

import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.ops.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse up`.
@Command(
    name = "up",
    description = {
      "Runs everything on this machine: a Kafka broker, a database, all roles. For evaluation; loopback only.",
      "To use real ones, set kafka.bootstrap and mongodb.uri."
    })
public final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--demo",
      description = "With two users, and a catch-all host instead of the rest of the world.")
  private boolean demo;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "posthouse-data",
      description = "Where everything is kept: ${DEFAULT-VALUE}.")
  private Path data = Path.of("");

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Added to every port.")
  private int portOffset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; what it leaves out suits one machine.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one setting; may be repeated.")
  private List<String> overrides = List.of();

  @Option(
      names = "--no-fsync",
      description =
          "Leave it to the system when to write to disk: faster, and a power failure loses mail.")
  private boolean noFsync;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    var options = new UpOptions(data, portOffset, demo, !noFsync);
    var written = config == null ? SettingsFile.defaults() : SettingsFile.load(config);
    var settings = UpSettings.complete(written.with(overrides), options);
    new AllInOne(options, settings, spec.commandLine().getOut()).run();
    return ExitCode.DONE;
  }
}
