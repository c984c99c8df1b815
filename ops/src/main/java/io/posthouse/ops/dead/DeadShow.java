package io.posthouse.ops.dead;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.DeadLetterBox;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.message.Envelope;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.queue.ScanProgress;
import io.posthouse.ops.replay.QueueAccess;
import io.posthouse.ops.replay.Retained;
import io.posthouse.queue.DeadLetter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse dead show`.
@Command(
    name = "show",
    description = "Shows all that is known of dead letters, and whether their content is there.")
final class DeadShow implements Callable<Integer> {
  @Mixin private LetterChoice choice = new LetterChoice();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    choice.check(spec);
    var out = spec.commandLine().getOut();
    try (var queue = QueueAccess.open(cluster);
        var progress = new ScanProgress(out, spec.commandLine().getErr())) {
      new DeadLetterBox(queue.cluster(), InstantSource.system())
          .each(
              (letter, replayed) -> {
                if (!choice.includes(letter)) return;
                progress.clear();
                print(letter, replayed, queue);
              },
              progress);
    }
    Letters.refuseMissing(choice.missing());
    return ExitCode.DONE;
  }

  private void print(DeadLetter letter, boolean replayed, QueueAccess queue) {
    var facts = LetterFacts.of(letter, replayed);
    var card =
        new Card()
            .with("id", letter.id())
            .with("buried", letter.buried().toString())
            .with("node", letter.node())
            .with("reason", letter.reason())
            .with("record", facts.origin())
            .with("octets", letter.original().length())
            .with("replayed", replayed);
    facts.envelope().ifPresent(envelope -> describe(card, facts, envelope, queue));
    card.print(spec.commandLine().getOut(), format.chosen());
  }

  private static void describe(Card card, LetterFacts facts, Envelope envelope, QueueAccess queue) {
    card.with("queue id", facts.queueId())
        .with("from", facts.sender())
        .with("to", facts.recipients())
        .with("arrived", envelope.arrived().toString())
        .with("size", envelope.size())
        .with("attempts", envelope.attemptCount())
        .with(
            "last said", envelope.attempts().isEmpty() ? "" : envelope.attempts().getLast().said())
        .with("content", Retained.in(queue.contents(), envelope));
  }
}
