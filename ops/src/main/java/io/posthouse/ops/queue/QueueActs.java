package io.posthouse.ops.queue;

import io.posthouse.config.ConfigException;
import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse queue acts`.
@Command(
    name = "acts",
    description = "Lists the orders that still touch what arrives, the oldest first.")
final class QueueActs implements Callable<Integer> {
  @Option(names = "--all", description = "Also those that are done.")
  private boolean all;

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    var directives = KafkaDirectives.read(cluster.kafka());
    var now = InstantSource.system().instant();
    var table = new Table("directive", "at", "until", "operator", "about", "reason");
    for (var next : directives.inOrder())
      if (all || isInForce(directives, next.directive(), now))
        table.row(
            next.directive().id(),
            next.directive().at().toString(),
            until(directives, next.directive()),
            next.directive().operator(),
            next.directive().about(),
            next.directive().reason());
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }

  static boolean isInForce(Directives directives, Directive directive, Instant now) {
    return directive.until().isPresent() && directives.end(directive).isAfter(now);
  }

  private static String until(Directives directives, Directive directive) {
    return directive.until().isEmpty() ? "" : directives.end(directive).toString();
  }
}
