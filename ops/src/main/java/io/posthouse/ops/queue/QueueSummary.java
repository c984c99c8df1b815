package io.posthouse.ops.queue;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.node.Nodes;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Format;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Spell;
import io.posthouse.ops.cli.Table;
import io.posthouse.ops.cli.Usage;
import io.posthouse.queue.Place;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse queue summary`.
@Command(
    name = "summary",
    description = {
      "Counts the messages in the queue by where they go, where they are and how old they are.",
      "waiting: with the workers, on the first way or due again, waiting for its turn. in flight:"
          + " being delivered or stored, as the nodes said last."
          + " deferred: waits for its next attempt; next says when the first of them is due."
          + " held: by an operator. dead: we could not handle it.",
      "A message for several domains is counted once for each until it is fanned out. Reads the queue"
          + " beside its readers, which notice nothing."
    })
final class QueueSummary implements Callable<Integer> {
  private static final int TOP_REASONS = 10;

  @Option(
      names = "--by",
      paramLabel = "destination|sender|host|site",
      defaultValue = "destination",
      description =
          "What to count by: the domain mail goes to or comes from, the host of the last attempt, or"
              + " the site, which is all hosts of a provider (what nobody has tried yet counts with what"
              + " is for the same domain): ${DEFAULT-VALUE}.")
  private Grouping grouping = Grouping.DESTINATION;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "30",
      description = "So many of them, the largest first; 0 for all: ${DEFAULT-VALUE}.")
  private long limit;

  @Mixin private FilterOptions filter = new FilterOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    var now = InstantSource.system().instant();
    var wanted = filter.read(spec);
    Usage.check(spec, "--limit", limit);
    var kafka = cluster.kafka();
    var err = spec.commandLine().getErr();
    var queue = new QueueScanner(kafka).look(EnumSet.allOf(Place.class), wanted.only());
    var nodes = NodesHeard.read(kafka, now, err);
    var shape = new Shape(wanted, grouping, nodes, now);
    try (var progress = new ScanProgress(err)) {
      queue.show(
          found -> {
            shape.add(found);
            return true;
          },
          progress);
    }
    print(shape, nodes, now);
    return ExitCode.DONE;
  }

  private void print(Shape shape, Nodes nodes, Instant now) {
    var out = spec.commandLine().getOut();
    var shown = shape.largest(limit == 0 ? Long.MAX_VALUE : limit);
    switch (format.chosen()) {
      case TABLE -> {
        printTables(shape, shown, now, out);
        out.println();
        out.println(NodesHeard.text(nodes, now));
        out.flush();
      }
      case JSON -> printObjects(shape, shown, nodes, out);
    }
    if (shown.size() < shape.groups()) {
      var err = spec.commandLine().getErr();
      err.printf("%d of %d are shown; --limit 0 shows all%n", shown.size(), shape.groups());
      err.flush();
    }
  }

  private void printTables(Shape shape, List<Shape.Named> shown, Instant now, PrintWriter out) {
    var columns = new ArrayList<>(List.of(grouping.toString(), "total", "waiting", "in flight"));
    columns.addAll(List.of("deferred", "held", "dead"));
    Arrays.stream(Age.values()).map(Age::title).forEach(columns::add);
    columns.add("next");
    var table = new Table(columns.toArray(String[]::new));
    table.row(cells(new Shape.Named("TOTAL", shape.total()), now));
    shown.forEach(named -> table.row(cells(named, now)));
    table.print(out, Format.TABLE);
    var reasons = new Table("messages", "reason");
    shape.reasons(TOP_REASONS).forEach(top -> reasons.row(top.messages(), top.reason()));
    if (shape.reasons(1).isEmpty()) return;
    out.println();
    reasons.print(out, Format.TABLE);
  }

  private static Object[] cells(Shape.Named named, Instant now) {
    var group = named.group();
    var next = group.nextDue().map(due -> Spell.until(due, now)).orElse("");
    return Stream.of(
            Stream.<Object>of(named.name(), group.total(), group.waiting(), group.inFlight()),
            Stream.<Object>of(group.in(Place.DEFERRED), group.in(Place.HELD)),
            Stream.<Object>of(group.in(Place.DEAD)),
            Arrays.stream(Age.values()).<Object>map(group::of),
            Stream.<Object>of(next))
        .flatMap(cells -> cells)
        .toArray();
  }

  private void printObjects(Shape shape, List<Shape.Named> shown, Nodes nodes, PrintWriter out) {
    var total = card(new Card().with("total", shape.total().total()), shape.total());
    NodesHeard.card(total, nodes).print(out, Format.JSON);
    for (var named : shown)
      card(
              new Card()
                  .with(grouping.toString(), named.name())
                  .with("total", named.group().total()),
              named.group())
          .print(out, Format.JSON);
    for (var top : shape.reasons(TOP_REASONS))
      new Card()
          .with("reason", top.reason())
          .with("messages", top.messages())
          .print(out, Format.JSON);
  }

  private static Card card(Card card, Group group) {
    card.with("waiting", group.waiting()).with("in_flight", group.inFlight());
    for (var place : Place.values())
      card.with(place.name().toLowerCase(Locale.ROOT), group.in(place));
    for (var age : Age.values())
      card.with("age_" + age.name().toLowerCase(Locale.ROOT), group.of(age));
    group.nextDue().ifPresent(due -> card.with("next", due));
    return card;
  }
}
