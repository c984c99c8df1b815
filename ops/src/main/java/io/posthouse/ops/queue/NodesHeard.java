package io.posthouse.ops.queue;

import static java.util.stream.Collectors.joining;

import io.posthouse.kafka.KafkaBeats;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.node.Nodes;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.Spell;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/// What the nodes say of the messages in the queue, and how old that word is.
final class NodesHeard {
  private NodesHeard() {}

  /// What they say now. Where that cannot be had, the queue is told of all the same.
  static Nodes read(KafkaCluster kafka, Instant now, PrintWriter err) {
    try {
      return new Nodes(KafkaBeats.read(kafka), now);
    } catch (KafkaUnreachable e) {
      err.println("what is in flight is not known: " + e.getMessage());
      err.flush();
      return Nodes.unknown(now);
    }
  }

  /// `in flight as 3 nodes said 2s ago; silent: worker-3`.
  static String text(Nodes nodes, Instant now) {
    return nodes
            .asOf()
            .map(at ->
                "in flight as "
                    + nodes.alive().size()
                    + (nodes.alive().size() == 1 ? " node said " : " nodes said ")
                    + Spell.of(Duration.between(at, now))
                    + " ago")
            .orElse("in flight is not known, as no node is heard of")
        + (nodes.unnamed() == 0
            ? ""
            : "; another %,d that are not named count as waiting".formatted(nodes.unnamed()))
        + (nodes.silent().isEmpty() ? "" : "; silent: " + silent(nodes));
  }

  /// The same for scripts.
  static Card card(Card card, Nodes nodes) {
    card.with("nodes", nodes.alive().size());
    nodes.asOf().ifPresent(at -> card.with("as_of", at));
    return card.with("in_flight_unnamed", nodes.unnamed())
        .with("silent", nodes.silent().stream().map(beat -> beat.who().node()).toList());
  }

  private static String silent(Nodes nodes) {
    return nodes.silent().stream().map(beat -> beat.who().node()).collect(joining(", "));
  }
}
