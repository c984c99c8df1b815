package io.posthouse.delivery.intake;

import io.posthouse.delivery.attempt.AttemptNotes;
import io.posthouse.delivery.attempt.Tried;
import io.posthouse.delivery.retry.Verdict;
import io.posthouse.delivery.shaping.Reaction;
import io.posthouse.directive.Part;
import io.posthouse.directive.Touches;
import io.posthouse.message.Destination;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.TlsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What operators are told of deliveries.
public final class DeliveryEvents implements AttemptNotes {
  private final Events events;

  public DeliveryEvents(Events events) {
    this.events = events;
  }

  @Override
  public void tried(Tried tried) {
    events.record(
        new MailEvent.Attempted(
            tried.envelope().queueId(),
            tried.mx(),
            attempt(tried.envelope()),
            tried.result(),
            tried.said(),
            tried.tls().flatMap(tls -> report(tried.envelope(), tls)),
            tried.connect(),
            tried.took()));
  }

  /// @param dsn the message that tells the sender of a bounce
  /// @param took the attempt
  void became(
      Envelope envelope,
      Recipient recipient,
      Verdict verdict,
      Optional<QueueId> dsn,
      Duration took) {
    events.record(event(envelope, recipient, verdict, dsn, took));
  }

  /// Nothing was tried, so this is no attempt more.
  void postponed(Envelope envelope, Observed why, Instant until) {
    for (var recipient : envelope.recipients())
      events.record(
          new MailEvent.Deferred(
              envelope.queueId(),
              recipient.address(),
              Scope.HOST,
              why,
              envelope.attemptCount(),
              until));
  }

  void reacted(Envelope envelope, MxHost mx, Reaction reaction, Reply reply) {
    events.record(
        new MailEvent.Reacted(
            envelope.queueId(), mx, reaction.name(), reaction.action().kind(), reply.toString()));
  }

  /// Operators have touched a message.
  void directed(Part part) {
    Touches.events(part).forEach(events::record);
  }

  /// They end here, as operators have ordered.
  void directed(Part part, Ending ending) {
    Touches.events(part, ending).forEach(events::record);
  }

  void bug(QueueId queueId, Throwable cause) {
    events.record(new MailEvent.Bug(Optional.of(queueId), "delivering a message", cause));
  }

  private static MailEvent event(
      Envelope envelope,
      Recipient recipient,
      Verdict verdict,
      Optional<QueueId> dsn,
      Duration took) {
    var id = envelope.queueId();
    var to = recipient.address();
    var attempt = attempt(envelope);
    return switch (verdict) {
      case Verdict.Settle(var evidence, _) ->
          new MailEvent.Delivered(id, to, evidence, attempt, took);
      case Verdict.RetryAt(var at, _, var scope, var evidence) ->
          new MailEvent.Deferred(id, to, scope, evidence, attempt, at);
      case Verdict.Bounce(var scope, var evidence, var expired) ->
          expired
              ? new MailEvent.Expired(id, to, evidence, attempt, dsn)
              : new MailEvent.Bounced(id, to, scope, evidence, attempt, dsn);
    };
  }

  private static Optional<TlsReport> report(Envelope envelope, Tried.Protection tls) {
    return envelope.destinations().getFirst() instanceof Destination.Remote(var domain)
        ? Optional.of(new TlsReport(domain, tls.policy().toString(), tls.use(), tls.reused()))
        : Optional.empty();
  }

  private static int attempt(Envelope envelope) {
    return envelope.attemptCount() + 1;
  }
}
