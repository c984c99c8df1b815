package io.posthouse.ops.dead;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.DeadLetterBox;
import io.posthouse.kafka.DeadLetterReplay.Answer;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.ReplayPace;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Listing;
import io.posthouse.ops.cli.Listing.Column;
import io.posthouse.ops.queue.ScanProgress;
import io.posthouse.ops.replay.OrderOptions;
import io.posthouse.ops.replay.QueueAccess;
import io.posthouse.queue.DeadLetter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse dead replay`.
@Command(
    name = "replay",
    description = {
      "Puts dead letters into the queue again, each once; 1 where one cannot be.",
      "What is older than a message may wait has one attempt more."
    })
final class DeadReplay implements Callable<Integer> {
  @Option(names = "--dry-run", description = "Says what would be replayed, and does nothing.")
  private boolean dryRun;

  @Mixin private LetterChoice choice = new LetterChoice();
  @Mixin private OrderOptions why = new OrderOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable, InterruptedException {
    choice.check(spec);
    var out = spec.commandLine().getOut();
    try (var queue = QueueAccess.open(cluster);
        var progress = new ScanProgress(out, spec.commandLine().getErr())) {
      var run = new Run(progress);
      run.over(queue);
      run.end();
      return run.isWhole() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private final class Run {
    private final ScanProgress progress;
    private final Listing listing =
        new Listing(
            spec.commandLine().getOut(),
            format.chosen(),
            new Column("id", 9),
            new Column("queue id", 15),
            new Column("to", 30),
            new Column("result", 10));
    private boolean isWhole = true;

    Run(ScanProgress progress) {
      this.progress = progress;
    }

    void over(QueueAccess queue) throws KafkaUnreachable, InterruptedException {
      var clock = InstantSource.system();
      var box = new DeadLetterBox(queue.cluster(), clock);
      var contents = queue.carrier();
      if (dryRun) box.preview(choice::includes, contents, this::became, progress);
      else {
        var order = why.order(queue.node(), clock);
        box.replay(choice::includes, contents, order, new ReplayPace(0), this::became, progress);
      }
      if (!choice.missing().isEmpty()) {
        say("not there, or replayed before: " + String.join(", ", choice.missing()));
        isWhole = false;
      }
    }

    boolean isWhole() {
      return isWhole;
    }

    void end() {
      progress.clear();
      listing.end();
    }

    private void became(DeadLetter letter, Answer answer) {
      switch (answer) {
        case Answer.Done _ -> row(letter, dryRun ? "would be replayed" : "replayed");
        case Answer.NotDone(_, var why) -> {
          isWhole = false;
          row(letter, why);
        }
      }
    }

    private void row(DeadLetter letter, String result) {
      progress.clear();
      var facts = LetterFacts.of(letter, false);
      var to = String.join(" ", facts.recipients());
      var card =
          new Card()
              .with("id", letter.id())
              .with("queue id", facts.queueId())
              .with("to", to)
              .with("result", result);
      listing.row(card, letter.id(), facts.queueId(), to, result);
    }

    private void say(String what) {
      progress.clear();
      spec.commandLine().getErr().println(what);
      spec.commandLine().getErr().flush();
    }
  }
}
