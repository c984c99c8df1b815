package io.posthouse.ops.explain;

import io.posthouse.config.HostPort;
import io.posthouse.ops.cli.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `--worker`, for commands that a delivery worker can tell more.
public final class WorkerOption {
  @Option(
      names = "--worker",
      paramLabel = "HOST:PORT",
      description = "Where a delivery worker serves its /metrics.")
  private @Nullable String worker;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /// Who is to be asked, if anybody.
  ///
  /// @throws ParameterException if that is no host and port
  public Optional<RemoteExplanation> chosen() {
    return Optional.ofNullable(worker).map(this::at);
  }

  private RemoteExplanation at(String text) {
    return new RemoteExplanation(
        Usage.read(spec, "--worker", text, "HOST:PORT", address -> HostPort.parse(address, -1)));
  }
}
