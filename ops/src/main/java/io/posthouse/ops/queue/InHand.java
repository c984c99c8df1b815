package io.posthouse.ops.queue;

import io.posthouse.message.Envelope;
import io.posthouse.node.InFlight;
import io.posthouse.node.Nodes;
import io.posthouse.node.Waiting;
import io.posthouse.node.Whereabouts;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.Spell;
import io.posthouse.queue.Place;
import io.posthouse.queue.RecordKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Where a message is that a node has in hand, as an operator reads it.
record InHand(Whereabouts at) {
  /// Empty where nobody says so. What a node was about to do with a record that has moved on since
  /// is not said of the new one.
  static Optional<InHand> of(Place place, Envelope envelope, Nodes nodes) {
    return switch (place) {
      case FIRST, DUE -> nodes.find(envelope.queueId(), RecordKeys.of(envelope)).map(InHand::new);
      case SPLIT, DEFERRED, HELD, DEAD -> Optional.empty();
    };
  }

  boolean isUnderWay() {
    return at instanceof Whereabouts.UnderWay;
  }

  /// `in flight at worker-2 since 12s, to mx1.example.net[192.0.2.1]:25`.
  String text(Instant now) {
    return switch (at) {
      case Whereabouts.UnderWay(var node, var message) ->
          "in flight at "
              + node
              + " since "
              + since(message.since(), now)
              + (message.to().isEmpty() ? "" : ", to " + message.to());
      case Whereabouts.InLine(var node, var message, var site) ->
          "waits for its turn at "
              + node
              + " since "
              + since(message.since(), now)
              + ", at site "
              + message.site()
              + site.map(busy -> " (" + busy.active() + " of " + busy.most() + " busy)").orElse("")
              + ", "
              + message.before()
              + " before it";
    };
  }

  /// Adds what a script wants to know.
  void addTo(Card card) {
    switch (at) {
      case Whereabouts.UnderWay(var node, InFlight(_, _, var site, var to, var since)) -> {
        card.with("now", "in flight").with("node", node);
        if (!site.isEmpty()) card.with("site", site);
        if (!to.isEmpty()) card.with("to", to);
        card.with("in_hand_since", since);
      }
      case Whereabouts.InLine(
              var node,
              Waiting(_, _, var site, var before, var since),
              var busy) -> {
        card.with("now", "waiting").with("node", node).with("site", site).with("before", before);
        busy.ifPresent(at -> card.with("busy", at.active()).with("most", at.most()));
        card.with("in_hand_since", since);
      }
    }
  }

  private static String since(Instant begun, Instant now) {
    return Spell.of(Duration.between(begun, now));
  }
}
