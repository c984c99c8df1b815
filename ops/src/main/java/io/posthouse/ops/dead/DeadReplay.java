package io.posthouse.ops.dead;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.DeadLetterBox;
import io.posthouse.kafka.DeadLetterReplay.Answer;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.ReplayPace;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
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

  private final Table table = new Table("id", "queue id", "to", "result");
  private boolean isWhole = true;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable, InterruptedException {
    choice.check(spec);
    var clock = InstantSource.system();
    try (var queue = QueueAccess.open(cluster)) {
      var box = new DeadLetterBox(queue.cluster(), clock);
      if (dryRun) box.preview(choice::includes, queue.carrier(), this::became);
      else
        box.replay(
            choice::includes,
            queue.carrier(),
            why.order(queue.node(), clock),
            new ReplayPace(0),
            this::became);
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    if (!choice.missing().isEmpty()) {
      say("not there, or replayed before: " + String.join(", ", choice.missing()));
      isWhole = false;
    }
    return isWhole ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void became(DeadLetter letter, Answer answer) {
    var facts = LetterFacts.of(letter, false);
    switch (answer) {
      case Answer.Done _ -> row(facts, dryRun ? "would be replayed" : "replayed");
      case Answer.NotDone(_, var why) -> {
        isWhole = false;
        row(facts, why);
      }
    }
  }

  private void row(LetterFacts facts, String result) {
    table.row(facts.letter().id(), facts.queueId(), String.join(" ", facts.recipients()), result);
  }

  private void say(String what) {
    spec.commandLine().getErr().println(what);
    spec.commandLine().getErr().flush();
  }
}
