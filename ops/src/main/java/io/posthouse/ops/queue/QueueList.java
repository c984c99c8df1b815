package io.posthouse.ops.queue;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.message.Envelope;
import io.posthouse.message.Recipient;
import io.posthouse.node.Nodes;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Listing;
import io.posthouse.ops.cli.Listing.Column;
import io.posthouse.ops.cli.Spell;
import io.posthouse.ops.cli.Usage;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse queue list`.
@Command(
    name = "list",
    description = {
      "Lists the messages in the queue as they are found, in no order.",
      "A message for several destinations has a line for each. now: where it is in flight or waits"
          + " for its turn, as the nodes said last."
    })
final class QueueList implements Callable<Integer> {
  @Option(
      names = "--place",
      paramLabel = "PLACE",
      split = ",",
      description = "Only what is there: ${COMPLETION-CANDIDATES}.")
  private List<Place> places = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "No more than so many; 0 for all: ${DEFAULT-VALUE}.")
  private long limit;

  @Mixin private FilterOptions filter = new FilterOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    var wanted = filter.read(spec);
    var kafka = cluster.kafka();
    Usage.check(spec, "--limit", limit);
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var now = InstantSource.system().instant();
    var where = places.isEmpty() ? EnumSet.allOf(Place.class) : EnumSet.copyOf(places);
    var queue = new QueueScanner(kafka).look(where, wanted.only());
    var nodes = NodesHeard.read(kafka, now, err);
    try (var progress = new ScanProgress(out, err)) {
      var run = new Run(wanted, nodes, now, progress);
      queue.show(run::visit, progress);
      run.end();
    }
    return ExitCode.DONE;
  }

  private final class Run {
    private final QueueFilter wanted;
    private final Nodes nodes;
    private final Instant now;
    private final ScanProgress progress;
    private final Listing listing =
        new Listing(
            spec.commandLine().getOut(),
            format.chosen(),
            new Column("id", 15),
            new Column("place", 8),
            new Column("age", 6),
            new Column("size", 8),
            new Column("sender", 30),
            new Column("recipient", 30),
            new Column("attempts", 8),
            new Column("next", 8),
            new Column("said", 10),
            new Column("now", 10));
    private long listed;
    private boolean more;

    Run(QueueFilter wanted, Nodes nodes, Instant now, ScanProgress progress) {
      this.wanted = wanted;
      this.nodes = nodes;
      this.now = now;
      this.progress = progress;
    }

    void end() {
      progress.clear();
      listing.end();
      var err = spec.commandLine().getErr();
      if (more) err.printf("only the first %d; --limit 0 shows all%n", limit);
      err.flush();
    }

    /// Goes on to one more than it lists, to know whether there is one.
    boolean visit(Found found) {
      envelope(found).filter(e -> wanted.matches(e, now)).ifPresent(e -> list(found, e));
      return !more;
    }

    private void list(Found found, Envelope e) {
      if (limit > 0 && listed == limit) {
        more = true;
        return;
      }
      listed++;
      progress.clear();
      var inHand = InHand.of(found.place(), e, nodes);
      listing.row(
          MessageCard.brief(found, e, inHand, now),
          e.queueId().text(),
          MessageCard.place(found),
          Spell.of(Duration.between(e.arrived(), now)),
          e.size(),
          MessageCard.sender(e),
          recipients(e.recipients()),
          e.attemptCount(),
          e.due().map(due -> Spell.until(due, now)).orElse(""),
          Standing.last(e).map(last -> last.said()).orElse(""),
          inHand.map(here -> here.text(now)).orElse(""));
    }
  }

  static Optional<Envelope> envelope(Found found) {
    return switch (found) {
      case Found.Owed owed -> Optional.of(owed.envelope());
      case Found.Dead dead -> dead.envelope();
      case Found.Unreadable _ -> Optional.empty();
    };
  }

  private static String recipients(List<Recipient> to) {
    var first = to.getFirst().address().toString();
    return to.size() == 1 ? first : first + " +" + (to.size() - 1);
  }
}
