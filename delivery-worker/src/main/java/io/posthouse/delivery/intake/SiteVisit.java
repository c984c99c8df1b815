package io.posthouse.delivery.intake;

import io.posthouse.delivery.attempt.Attempted;
import io.posthouse.delivery.shaping.Feedback;
import io.posthouse.delivery.shaping.Limits;
import io.posthouse.delivery.shaping.Reaction;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.message.Envelope;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// One attempt of one message at its site. Ends when it is closed.
final class SiteVisit implements Visit, AutoCloseable {
  private final Limits limits;
  private final Turnstile.Passage passage;
  private final InHand.Held message;
  private final Function<Reply, Optional<Reaction>> reactions;
  private final DeliveryEvents events;
  private Feedback feedback = Feedback.NOTHING;
  private Duration took = Duration.ZERO;

  /// @param reactions to what hosts of this site say
  SiteVisit(
      Limits limits,
      Turnstile.Passage passage,
      InHand.Held message,
      Function<Reply, Optional<Reaction>> reactions,
      DeliveryEvents events) {
    this.limits = limits;
    this.passage = passage;
    this.message = message;
    this.reactions = reactions;
    this.events = events;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public void connected() {
    passage.connected();
  }

  @Override
  public void goesTo(MxHost mx) {
    message.goesTo(mx);
  }

  @Override
  public Optional<Reaction> refused(Envelope envelope, MxHost mx, Reply reply) {
    var reaction = reactions.apply(reply);
    reaction.ifPresent(known -> {
      passage.react(known);
      events.reacted(envelope, mx, known, reply);
    });
    return reaction;
  }

  /// What the attempt came to.
  void came(Attempted attempted) {
    feedback = attempted.feedback();
    took = attempted.took();
  }

  @Override
  public void close() {
    passage.end(feedback, took);
  }
}
