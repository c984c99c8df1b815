package io.posthouse.ops.queue;

import io.posthouse.config.ConfigException;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.message.QueueIds;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Moment;
import io.posthouse.ops.cli.OperatorOptions;
import io.posthouse.queue.QueueFilter;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse queue undo`.
@Command(
    name = "undo",
    description = {
      "Ends an order that touches what arrives, before its time.",
      "What it has touched stays so: release what it holds with queue release."
    })
final class QueueUndo implements Callable<Integer> {
  @Parameters(paramLabel = "DIRECTIVE", description = "As queue acts lists it.")
  private String id = "";

  @Mixin private OperatorOptions by = new OperatorOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable, InterruptedException {
    var kafka = cluster.kafka();
    var known = KafkaDirectives.read(kafka);
    var clock = InstantSource.system();
    var directive =
        known.find(id).orElseThrow(() -> CommandFailed.because("no such directive: " + id));
    if (!QueueActs.isInForce(known, directive, clock.instant()))
      throw CommandFailed.because(id + " touches nothing that arrives");
    new ActRun(kafka, spec.commandLine().getErr()).give(undoing(clock));
    spec.commandLine().getOut().println(id + " is undone");
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private Directive undoing(InstantSource clock) {
    return new Directive(
        "undo-" + new QueueIds(clock).next(),
        new Act.Undo(id),
        QueueFilter.EVERYTHING,
        Moment.millis(clock.instant()),
        Optional.empty(),
        by.reason(),
        by.operator());
  }
}
