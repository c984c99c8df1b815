package io.posthouse.ops.queue;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Attempt;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.node.Nodes;
import io.posthouse.node.Obstacle;
import io.posthouse.node.Roads;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.Spell;
import io.posthouse.queue.Found;
import io.posthouse.queue.RecordKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be told of a message in the queue.
final class MessageCard {
  private MessageCard() {}

  /// In one line of a list.
  static Card brief(Found found, Envelope envelope, Optional<InHand> inHand, Instant now) {
    var card =
        new Card()
            .with("id", envelope.queueId().text())
            .with("place", place(found))
            .with("age_seconds", Math.max(0, Duration.between(envelope.arrived(), now).toSeconds()))
            .with("size", envelope.size())
            .with("sender", sender(envelope))
            .with("recipients", envelope.recipients().stream().map(to -> to.address()).toList())
            .with("attempts", envelope.attemptCount());
    envelope.site().ifPresent(site -> card.with("site", site.text()));
    envelope.due().ifPresent(due -> card.with("next", due));
    Standing.last(envelope).ifPresent(last -> card.with("said", last.said()));
    inHand.ifPresent(here -> here.addTo(card));
    return card;
  }

  /// All of it.
  ///
  /// @param retained whether its content is there
  static Card whole(Found found, Envelope envelope, String retained, Nodes nodes, Instant now) {
    var inHand = InHand.of(found.place(), envelope, nodes);
    var card =
        new Card()
            .with("id", envelope.queueId().text())
            .with("place", place(found))
            .with("why", Standing.of(found, inHand, now))
            .with("record", found.at().toString())
            .with("since", found.written())
            .with("sender", sender(envelope))
            .with("recipients", envelope.recipients().stream().map(to -> to.address()).toList())
            .with("destinations", envelope.destinations().stream().map(RecordKeys::of).toList());
    envelope.orders().nextHop().ifPresent(hop -> card.with("next_hop", hop.toString()));
    card.with("arrived", envelope.arrived())
        .with("age", Spell.of(Duration.between(envelope.arrived(), now)))
        .with("size", envelope.size())
        .with("content", content(envelope.content()) + ", " + retained)
        .with("client", client(envelope.client()))
        .with("attempts", envelope.attemptCount());
    envelope.site().ifPresent(site -> card.with("site", site.text()));
    envelope.due().ifPresent(due -> card.with("next", due));
    inHand.ifPresent(here -> here.addTo(card));
    card.with("in its way", inItsWay(envelope, inHand, nodes));
    return card.with("history", envelope.attempts().stream().map(MessageCard::attempt).toList());
  }

  /// Nothing, for what is on its way.
  private static List<Obstacle> inItsWay(Envelope envelope, Optional<InHand> inHand, Nodes nodes) {
    if (inHand.filter(InHand::isUnderWay).isPresent()) return List.of();
    return nodes.inTheWay(roads(envelope, nodes));
  }

  /// Where it was tried or put aside, and where others for the same destination are now.
  private static Roads roads(Envelope envelope, Nodes nodes) {
    var hosts = envelope.attempts().stream().map(Attempt::host).toList();
    var sites = new HashSet<>(nodes.sitesOf(RecordKeys.of(envelope)));
    envelope.site().ifPresent(site -> sites.add(site.text()));
    return Roads.to(hosts, sites);
  }

  static String place(Found found) {
    return found.place().name().toLowerCase(Locale.ROOT);
  }

  static String sender(Envelope envelope) {
    return envelope.reversePath().sender().map(MailAddress::toString).orElse("<>");
  }

  private static String content(Content content) {
    return switch (content) {
      case Content.Inline _ -> "in the record";
      case Content.Chunked(var partition, var offsets, var _) ->
          "%d chunks in partition %d of content".formatted(offsets.size(), partition);
      case Content.InRecord(var at, var _) -> "in the record " + at;
    };
  }

  private static String client(Client client) {
    return "%s (%s) to %s of %s by %s%s"
        .formatted(
            client.address().getHostAddress(),
            client.helo(),
            client.listener(),
            client.node(),
            client.protocol(),
            client.user().map(user -> " as " + user).orElse(""));
  }

  static String attempt(Attempt attempt) {
    return "%s %s %s: %s"
        .formatted(attempt.at(), attempt.node(), attempt.host(), attempt.said())
        .replaceAll(" +", " ");
  }
}
