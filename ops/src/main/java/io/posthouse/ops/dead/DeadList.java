package io.posthouse.ops.dead;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.DeadLetterBox;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import io.posthouse.ops.replay.QueueAccess;
import io.posthouse.queue.DeadLetter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse dead list`.
@Command(
    name = "list",
    description = "Lists what we could not handle, and why: what nobody has replayed yet.")
final class DeadList implements Callable<Integer> {
  @Option(names = "--replayed", description = "Lists those too that are replayed.")
  private boolean replayedToo;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  private final Table table =
      new Table("id", "buried", "node", "queue id", "from", "to", "replayed", "reason");
  private long listed;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    try (var queue = QueueAccess.open(cluster)) {
      new DeadLetterBox(queue.cluster(), InstantSource.system()).each(this::see);
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    if (listed > limit) spec.commandLine().getErr().println((listed - limit) + " more (--limit)");
    return ExitCode.DONE;
  }

  private void see(DeadLetter letter, boolean replayed) {
    if (replayed && !replayedToo) return;
    if (++listed > limit) return;
    var facts = LetterFacts.of(letter, replayed);
    table.row(
        letter.id(),
        letter.buried().toString(),
        letter.node(),
        facts.queueId(),
        facts.sender(),
        String.join(" ", facts.recipients()),
        replayed,
        letter.reason());
  }
}
