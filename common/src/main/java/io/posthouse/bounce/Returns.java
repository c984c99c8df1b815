package io.posthouse.bounce;

import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.Action;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.MailEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Returns mail to its senders, and keeps for an operator what cannot be returned. Blocks; safe for
/// many threads.
public record Returns(Notifier notifier) {
  /// RFC 3463 §3.8: refused by those who may.
  private static final EnhancedStatus PROHIBITED = EnhancedStatus.of("5.7.1");

  /// Tells a sender what became of a message. With the return of this method all news are durable.
  ///
  /// @return the DSN that tells of each recipient, where there is one
  public Map<Recipient, QueueId> tell(
      Taken taken, MessageSource message, List<Fate> fates, Instant now) throws Closed {
    var told = notifier.tell(taken.envelope(), message, fates, now);
    var untold =
        fates.stream()
            .filter(fate -> fate.action() == Action.FAILED && fate.isWanted())
            .filter(fate -> !told.containsKey(fate.recipient()))
            .toList();
    if (!untold.isEmpty()) buryUnreturnable(taken, untold);
    return told;
  }

  /// Puts recipients of a message where an operator looks.
  public void bury(Taken taken, Envelope envelope, String why) throws Closed {
    notifier.queue().bury(envelope, why);
    var id = Optional.of(envelope.queueId());
    notifier.events().record(new MailEvent.DeadLettered(id, taken.position(), why));
  }

  /// Ends a message as an operator ordered. With the return of this method it may be settled.
  public void end(Taken taken, MessageSource message, Ending ending, Instant now) throws Closed {
    if (!ending.told()) return;
    var envelope = taken.envelope();
    var why = new Observed(PROHIBITED, ending.reason());
    var fates =
        envelope.recipients().stream().<Fate>map(to -> new Fate.Failed(to, why, now)).toList();
    var dsns = tell(taken, message, fates, now);
    for (var to : envelope.recipients())
      notifier
          .events()
          .record(
              new MailEvent.Bounced(
                  envelope.queueId(),
                  to.address(),
                  Scope.MESSAGE,
                  why,
                  envelope.attemptCount() + 1,
                  Optional.ofNullable(dsns.get(to))));
  }

  /// A null reverse-path is never answered (RFC 5321 §6.1), and nothing is dropped unseen either.
  private void buryUnreturnable(Taken taken, List<Fate> failures) throws Closed {
    var recipients = failures.stream().map(Fate::recipient).toList();
    bury(
        taken,
        taken.envelope().forRecipients(recipients),
        "cannot be delivered nor returned: " + failures.getFirst().evidence().text());
  }
}
