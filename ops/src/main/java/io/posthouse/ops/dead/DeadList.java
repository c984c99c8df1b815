package io.posthouse.ops.dead;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.DeadLetterBox;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Listing;
import io.posthouse.ops.cli.Listing.Column;
import io.posthouse.ops.cli.Usage;
import io.posthouse.ops.queue.ScanProgress;
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

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    Usage.check(spec, "--limit", limit);
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    try (var queue = QueueAccess.open(cluster);
        var progress = new ScanProgress(out, err)) {
      var run = new Run(progress);
      new DeadLetterBox(queue.cluster(), InstantSource.system()).each(run::see, progress);
      run.end();
    }
    return ExitCode.DONE;
  }

  private final class Run {
    private final ScanProgress progress;
    private final Listing listing =
        new Listing(
            spec.commandLine().getOut(),
            format.chosen(),
            new Column("id", 9),
            new Column("buried", 24),
            new Column("node", 10),
            new Column("queue id", 15),
            new Column("from", 30),
            new Column("to", 30),
            new Column("replayed", 8),
            new Column("reason", 10));
    private long found;

    Run(ScanProgress progress) {
      this.progress = progress;
    }

    void see(DeadLetter letter, boolean replayed) {
      if (replayed && !replayedToo) return;
      if (++found > limit) return;
      progress.clear();
      row(LetterFacts.of(letter, replayed));
    }

    private void row(LetterFacts facts) {
      var letter = facts.letter();
      var to = String.join(" ", facts.recipients());
      var card =
          new Card()
              .with("id", letter.id())
              .with("buried", letter.buried().toString())
              .with("node", letter.node())
              .with("queue id", facts.queueId())
              .with("from", facts.sender())
              .with("to", to)
              .with("replayed", facts.replayed())
              .with("reason", letter.reason());
      listing.row(
          card,
          letter.id(),
          letter.buried(),
          letter.node(),
          facts.queueId(),
          facts.sender(),
          to,
          facts.replayed(),
          letter.reason());
    }

    void end() {
      progress.clear();
      listing.end();
      var err = spec.commandLine().getErr();
      if (found > limit) err.println((found - limit) + " more (--limit)");
      err.flush();
    }
  }
}
