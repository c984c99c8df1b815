package io.posthouse.ops.node;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaBeats;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.node.Beat;
import io.posthouse.node.Nodes;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Format;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Spell;
import io.posthouse.ops.cli.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse node list`.
@Command(
    name = "list",
    description = {
      "Lists the processes of the cluster as they were last heard of, each in every 5 s: what they"
          + " run, what they are at and since when, what they have in hand, and what is wrong.",
      "silent: nothing was heard of it for 30 s, so it is dead or cut off, or its clock is wrong."
          + " Who has said goodbye is stopped. Both are forgotten after 7 days."
    })
final class NodeList implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;
  private final InstantSource clock;

  NodeList() {
    this(InstantSource.system());
  }

  /// @param clock by which silence is judged
  NodeList(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    var beats = KafkaBeats.read(cluster.kafka());
    var now = clock.instant();
    print(new Nodes(beats, now), now, spec.commandLine().getOut());
    return ExitCode.DONE;
  }

  private void print(Nodes nodes, Instant now, PrintWriter out) {
    switch (format.chosen()) {
      case TABLE -> {
        var table =
            new Table(
                "node",
                "role",
                "version",
                "state",
                "since",
                "heard",
                "in flight",
                "waiting",
                "trouble");
        nodes.all().forEach(beat -> table.row(cells(beat, now)));
        table.print(out, Format.TABLE);
      }
      case JSON -> nodes.all().forEach(beat -> card(beat, now).print(out, Format.JSON));
    }
  }

  private static Object[] cells(Beat beat, Instant now) {
    var who = beat.who();
    return new Object[] {
      who.node(),
      who.roleText(),
      who.release(),
      state(beat, now),
      Spell.of(Duration.between(beat.since(), now)),
      Spell.of(Duration.between(beat.at(), now)) + " ago",
      beat.work().inFlight().all(),
      beat.work().waiting().all(),
      beat.trouble()
    };
  }

  private static Card card(Beat beat, Instant now) {
    var who = beat.who();
    var work = beat.work();
    return new Card()
        .with("node", who.node())
        .with("roles", who.roles().stream().sorted().toList())
        .with("version", who.release())
        .with("state", state(beat, now))
        .with("since", beat.since())
        .with("started", who.started())
        .with("heard", beat.at())
        .with("telemetry", who.telemetry())
        .with("in_flight", work.inFlight().all())
        .with("waiting", work.waiting().all())
        .with("sites_held_back", work.sites().all())
        .with("breakers_open", work.shut().all())
        .with("trouble", beat.trouble());
  }

  private static String state(Beat beat, Instant now) {
    return beat.isSilent(now) ? "silent" : beat.state().toString();
  }
}
