package io.posthouse.ops.queue;

import io.posthouse.config.Durations;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.message.QueueIds;
import io.posthouse.ops.cli.Moment;
import io.posthouse.ops.cli.OperatorOptions;
import io.posthouse.ops.cli.Usage;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// What an operator says with an order: about which messages, until when, why, and who it is.
final class ActOptions {
  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(names = "--all", description = "Every message, where nothing says which.")
  private boolean all;

  @Option(names = "--dry-run", description = "Counts the messages, and does nothing.")
  boolean dryRun;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Also what arrives until 2026-03-02T20:00:00Z, or for so long: 2h.")
  private @Nullable String until;

  @Mixin private OperatorOptions by = new OperatorOptions();

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "Watches for so long how it is done: ${DEFAULT-VALUE}.")
  private String patience = "1m";

  /// The directive an operator means; not given yet.
  ///
  /// @throws picocli.CommandLine.ParameterException where it cannot be one
  Directive directive(Act act, CommandSpec spec) {
    var meant = filter.read(spec);
    if (meant.isEverything() != all)
      throw Usage.wrong(
          spec,
          all
              ? "--all: with a filter (expected: alone)"
              : "no filter (expected: one, or --all for every message)");
    if (ActCommand.isFinal(act) && !dryRun && by.reason().isBlank())
      throw Usage.wrong(spec, "no reason (expected: --reason)");
    return directive(act, meant, spec);
  }

  Duration patience(CommandSpec spec) {
    return Usage.read(spec, "--wait", patience, "a time, such as 1m", Durations::parse);
  }

  private Directive directive(Act act, QueueFilter meant, CommandSpec spec) {
    var now = Moment.millis(InstantSource.system().instant());
    var id = act.kind().word() + "-" + new QueueIds(InstantSource.system()).next();
    return Usage.read(
        spec,
        id,
        unique ->
            new Directive(unique, act, meant, now, end(now, spec), by.reason(), by.operator()));
  }

  private Optional<Instant> end(Instant now, CommandSpec spec) {
    if (until == null) return Optional.empty();
    return Optional.of(
        Usage.read(spec, "--until", until, "a time, such as 2h", text -> Moment.ahead(text, now)));
  }
}
