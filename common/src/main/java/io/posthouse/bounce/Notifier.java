package io.posthouse.bounce;

import io.posthouse.dkim.Signer;
import io.posthouse.dkim.Signing;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.Action;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells senders what became of their mail, as far as they want to hear it. Blocks; safe for many
/// threads.
///
/// @param signer signs for us, if anybody does; a DSN does not wait for keys that cannot be looked
///   up
/// @param mostReturned octets of a message that is returned as a whole
public record Notifier(
    DurableQueue queue,
    Reporter reporter,
    Optional<Signer> signer,
    Events events,
    long mostReturned) {
  /// More of them, with what hosts said of each, would make a message that nobody reads.
  private static final int MOST_IN_A_DSN = 50;

  /// Puts the DSNs into the queue, several recipients of one action in each. With the return of
  /// this method they are durable.
  ///
  /// @return the DSN that tells of each recipient, where there is one: never for the null
  ///   reverse-path, nor for what the sender does not want to hear
  public Map<Recipient, QueueId> tell(
      Envelope message, MessageSource source, List<Fate> fates, Instant now) throws Closed {
    var told = new HashMap<Recipient, QueueId>();
    if (message.returnTo().isEmpty()) return told;
    for (var action : Action.values()) {
      var news = fates.stream().filter(f -> f.action() == action && f.isWanted()).toList();
      if (!news.isEmpty()) tell(message, source, news, now, told);
    }
    return told;
  }

  private void tell(
      Envelope message,
      MessageSource source,
      List<Fate> news,
      Instant now,
      Map<Recipient, QueueId> told)
      throws Closed {
    var action = news.getFirst().action();
    var returned = Returned.of(message, action, source, mostReturned);
    for (int from = 0; from < news.size(); from += MOST_IN_A_DSN) {
      var some = news.subList(from, Math.min(news.size(), from + MOST_IN_A_DSN));
      var dsn = put(message, some, returned, source, now);
      dsn.ifPresent(id -> some.forEach(fate -> told.put(fate.recipient(), id)));
      dsn.ifPresent(id -> note(message, action, some, id));
    }
  }

  private Optional<QueueId> put(
      Envelope message, List<Fate> some, Returned returned, MessageSource source, Instant now)
      throws Closed {
    var dsn = reporter.report(message, some, returned, now);
    if (dsn.isEmpty()) return Optional.empty();
    var content = content(dsn.get());
    // It was there a moment ago, but the notice does not wait for it.
    if (content.isEmpty()) return put(message, some, Returned.headers(source), source, now);
    queue.put(dsn.get().envelope(signatures(dsn.get()), content.get()));
    return Optional.of(dsn.get().queueId());
  }

  /// Our own name signs, so nobody has to be asked whether it may.
  private Octets signatures(Dsn dsn) {
    if (signer.isEmpty()) return Octets.EMPTY;
    try (var octets = dsn.open()) {
      var passing = signer.get().begin();
      passing.takeAll(octets);
      return switch (signer.get().sign(passing, dsn.trace(), Signer.Permission.ANY)) {
        case Signing.Signed(var lines) -> lines;
        case Signing.Unsigned _, Signing.NotNow _ -> Octets.EMPTY;
      };
    } catch (IOException unreadable) {
      // It was read a moment ago. The news matter more than who vouches for them.
      return Octets.EMPTY;
    }
  }

  private Optional<Content> content(Dsn dsn) throws Closed {
    try {
      return Optional.of(queue.content(dsn.queueId(), dsn.size(), dsn::open));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /// Of a failure its own event tells.
  private void note(Envelope message, Action action, List<Fate> news, QueueId dsn) {
    if (action == Action.FAILED) return;
    var about = news.stream().map(fate -> fate.recipient().address()).toList();
    events.record(new MailEvent.Notified(message.queueId(), action, about, dsn));
  }
}
