package io.posthouse.ops.queue;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.DeadLetterBox;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.LeftOut;
import io.posthouse.kafka.LogReplay;
import io.posthouse.kafka.ReplayCounts;
import io.posthouse.kafka.ReplayPace;
import io.posthouse.kafka.ReplayPlan;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.Confirmation;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Usage;
import io.posthouse.ops.replay.OrderOptions;
import io.posthouse.ops.replay.QueueAccess;
import io.posthouse.ops.replay.SentMemory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse queue replay`.
@Command(
    name = "replay",
    description = {
      "Puts a span of the log into the queue again, after saying how many messages that are.",
      "Local mail that is stored is not stored again. Remote mail goes to those who have not got it"
          + " and never will: what is in the queue still is left there. What an operator has bounced"
          + " or dropped is left out.",
      "Wherever it breaks off (Ctrl-C, too), --resume goes on and repeats nothing."
    })
final class QueueReplay implements Callable<Integer> {
  @Option(names = "--dry-run", description = "Says what would be replayed, and does nothing.")
  private boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "At most so many messages a second; 0 for as fast as it can.")
  private int rate;

  @Option(names = "--resume", paramLabel = "ID", description = "Goes on with a replay.")
  private @Nullable String resume;

  @Mixin private ReplaySpan span = new ReplaySpan();
  @Mixin private Confirmation confirmation = new Confirmation();
  @Mixin private OrderOptions why = new OrderOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    var pace =
        Usage.read(spec, String.valueOf(rate), text -> new ReplayPace(Integer.parseInt(text)));
    if (resume != null) return resume(resume, pace);
    var read = span.read(spec, clock.instant());
    return switch (read.topic()) {
      case LOCAL -> replay(span.plan(read, ReplayPlan.Source.LOCAL), pace);
      case REMOTE -> replay(span.plan(read, ReplayPlan.Source.REMOTE), pace);
      case DEAD -> dead(read, pace);
    };
  }

  private int replay(ReplayPlan plan, ReplayPace pace)
      throws ConfigException, IOException, InterruptedException {
    try (var queue = QueueAccess.open(cluster)) {
      var replay = new LogReplay(queue.cluster(), clock);
      say(plan.text());
      var preview = preview(replay, plan);
      if (dryRun || preview.replayed() == 0) return print("would be replayed", preview);
      confirmation.require(preview.replayed() + " messages are put into the queue again", spec);
      remember(plan, queue);
      var order = why.order(queue.node(), clock);
      say("after a break: posthouse queue replay --resume " + order.id());
      try (var progress = new ScanProgress(spec.commandLine().getErr())) {
        return print("replayed", replay.begin(plan, order, pace, progress));
      }
    }
  }

  private ReplayCounts preview(LogReplay replay, ReplayPlan plan)
      throws KafkaUnreachable, InterruptedException {
    try (var progress = new ScanProgress(spec.commandLine().getErr())) {
      return replay.preview(plan, progress);
    }
  }

  private int resume(String id, ReplayPace pace)
      throws ConfigException, IOException, InterruptedException {
    if (!span.isEmpty(spec) || dryRun)
      throw Usage.wrong(
          spec, "--resume: with a span or a filter (expected: alone, for it knows both)");
    try (var queue = QueueAccess.open(cluster)) {
      var replay = new LogReplay(queue.cluster(), clock);
      var plan = replay.find(id).orElseThrow(() -> CommandFailed.because("no such replay: " + id));
      say(plan.text());
      remember(plan, queue);
      try (var progress = new ScanProgress(spec.commandLine().getErr())) {
        return print("replayed", replay.resume(plan, why.order(id, queue.node()), pace, progress));
      }
    }
  }

  private void remember(ReplayPlan plan, QueueAccess queue) throws ConfigException, IOException {
    if (plan.source() != ReplayPlan.Source.LOCAL) return;
    var sent = SentMemory.restore(queue.cluster(), cluster, plan.from());
    if (sent > 0) say(sent + " forwards and answers were sent since, and are not sent again");
  }

  private int dead(ReplaySpan.Read read, ReplayPace pace)
      throws ConfigException, IOException, InterruptedException {
    try (var queue = QueueAccess.open(cluster);
        var progress = new ScanProgress(spec.commandLine().getErr())) {
      var box = new DeadLetterBox(queue.cluster(), clock);
      say(read.text());
      var preview = new DeadTally(progress, this::say);
      box.preview(read::means, queue.carrier(), preview, progress);
      progress.clear();
      var many = preview.counts().replayed();
      if (dryRun || many == 0) {
        print("would be replayed", preview.counts());
        return preview.exitCode();
      }
      confirmation.require(many + " dead letters are put into the queue again", spec);
      var done = new DeadTally(progress, this::say);
      var order = why.order(queue.node(), clock);
      try {
        box.replay(read::means, queue.carrier(), order, pace, done, progress);
      } finally {
        progress.clear();
        // Wherever it breaks off, that much is done.
        print("replayed", done.counts());
      }
      return done.exitCode();
    }
  }

  private int print(String what, ReplayCounts counts) {
    var card = new Card().with(what, counts.replayed());
    for (var reason : LeftOut.values())
      if (counts.left().containsKey(reason))
        card.with(
            reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            counts.left().getOrDefault(reason, 0L));
    card.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }

  private void say(String what) {
    spec.commandLine().getErr().println(what);
    spec.commandLine().getErr().flush();
  }
}
