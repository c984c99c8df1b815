package io.posthouse.ops.queue;

import io.posthouse.config.ConfigException;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.Confirmation;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.Place;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that orders something about messages in the queue: it says what it will do, gives the
/// order, and watches it being done.
abstract class ActCommand implements Callable<Integer> {
  @Mixin private ActOptions options = new ActOptions();
  @Mixin private Confirmation confirmation = new Confirmation();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  /// What is ordered.
  abstract Act act(CommandSpec spec);

  @Override
  public final Integer call() throws ConfigException, KafkaUnreachable, InterruptedException {
    var directive = options.directive(act(spec), spec);
    var patience = options.patience(spec);
    var run = new ActRun(cluster.kafka(), spec.commandLine().getErr());
    var counts = run.count(directive);
    var messages = counts.values().stream().mapToLong(Long::longValue).sum();
    if (options.dryRun) return print(directive, counts, "would be done");
    if (messages == 0 && isAllCounted(directive)) return print(directive, counts, "nothing to do");
    if (isFinal(directive.act()))
      confirmation.require(
          "%s %d messages (%s)"
              .formatted(directive.act().kind().word(), messages, directive.filter().text()),
          spec);
    var number = run.give(directive);
    return print(directive, counts, run.watch(number, patience) ? "done" : "under way");
  }

  /// Only workers find out the site of what is on its first way.
  private static boolean isAllCounted(Directive directive) {
    return directive.until().isEmpty()
        && directive.filter().criteria().stream().noneMatch(Criterion.Site.class::isInstance);
  }

  /// Whether it ends messages: that is asked back, and has a reason.
  static boolean isFinal(Act act) {
    return switch (act) {
      case Act.Bounce(), Act.Drop() -> true;
      case Act.Hold(), Act.Release(), Act.Flush(), Act.Reroute _, Act.Undo _ -> false;
    };
  }

  private int print(Directive directive, Map<Place, Long> counts, String state) {
    var card =
        new Card()
            .with("directive", directive.id())
            .with("about", directive.about())
            .with("messages", counts.values().stream().mapToLong(Long::longValue).sum());
    counts.forEach((place, count) -> card.with(place.name().toLowerCase(Locale.ROOT), count));
    directive.until().ifPresent(end -> card.with("until", end.toString()));
    card.with("state", state).print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }
}
