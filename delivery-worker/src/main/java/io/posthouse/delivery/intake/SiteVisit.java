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

/// One attempt of one message at its site. Ends when it is closed.
final class SiteVisit implements Visit, AutoCloseable {
  private final Limits limits;
  private final Turnstile.Passage passage;
  private Feedback feedback = Feedback.NOTHING;
  private Duration took = Duration.ZERO;

  SiteVisit(Limits limits, Turnstile.Passage passage) {
    this.limits = limits;
    this.passage = passage;
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
  public Optional<Reaction> refused(Envelope envelope, MxHost mx, Reply reply) {
    return Optional.empty();
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
