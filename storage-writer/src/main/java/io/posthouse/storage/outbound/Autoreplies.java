package io.posthouse.storage.outbound;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.bounce.Dates;
import io.posthouse.directory.UserId;
import io.posthouse.dkim.Signer;
import io.posthouse.dkim.Signing;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.storage.rules.Absence;
import io.posthouse.storage.rules.Answerable;
import io.posthouse.storage.rules.AutoreplyText;
import io.posthouse.tally.Tallies;
import io.posthouse.tally.Tallies.Entry;
import io.posthouse.tally.Tally;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Answers messages for users and addresses that are away, each once whatever is replayed, a sender
/// once in four hours, and nobody by whom a robot could be answered (RFC 3834).
public final class Autoreplies {
  private static final Tally PER_DAY = new Tally("autoreplies", Duration.ofDays(1));
  private static final long MOST_PER_DAY = 2_000;

  private final Around around;
  private final Once once;

  /// What answering leans on.
  ///
  /// @param host our name
  /// @param node which of us it is
  /// @param signer signs for the user's domain, if anybody does; an answer does not wait for keys
  public record Around(
      String host,
      String node,
      DurableQueue queue,
      Tallies tallies,
      SentLog log,
      ReplyLog replies,
      Optional<Signer> signer,
      Events events,
      InstantSource clock) {}

  public Autoreplies(Around around) {
    this.around = around;
    this.once = new Once(around.log());
  }

  /// Whom a message would be answered to; nobody where it must not be. Looks no further than the
  /// message: how often they were answered is not asked here.
  public Optional<MailAddress> answersTo(Passing message, Absence absence) {
    if (!absence.autoreply().isActive(message.envelope().arrived())) return Optional.empty();
    if (message.envelope().returnTo().isEmpty()) return Optional.empty();
    return Answerable.sender(message.envelope().reversePath(), message.mail(), absence.addresses());
  }

  /// The id of the answer to a message.
  public static QueueId id(QueueId of, Absence absence) {
    return of.derived("autoreply\n" + absence.autoreply().id());
  }

  /// Answers, if that was not done before. Blocks until it is durable.
  ///
  /// @param user who answers; empty for an address that no user has
  /// @throws IOException if something we need does not answer: to be done again
  public void answer(Passing message, Optional<UserId> user, Absence absence, MailAddress to)
      throws IOException, Closed {
    var id = id(message.envelope().queueId(), absence);
    once.run(
        id,
        () -> {
          if (!isAllowed(id, absence, to)) return;
          around.queue().put(reply(id, message, absence, to));
          around.tallies().add(today(absence), 1);
          var of = message.envelope().queueId();
          around.events().record(new MailEvent.AutoReplied(of, user, to, id));
        });
  }

  private boolean isAllowed(QueueId id, Absence absence, MailAddress to) throws IOException {
    return around.tallies().count(today(absence)) < MOST_PER_DAY
        && around.replies().isTurnOf(id, absence.autoreply().id(), to);
  }

  private static Entry today(Absence absence) {
    return new Entry(PER_DAY, absence.autoreply().id());
  }

  private Envelope reply(QueueId id, Passing message, Absence absence, MailAddress to)
      throws IOException, Closed {
    var now = around.clock().instant();
    var text = new AutoreplyText(id, around.host(), absence, to, message.mail(), now).write();
    var content = around.queue().content(id, text.length(), text::input);
    var destination = message.envelope().returnTo().orElseThrow();
    var trace = trace(id, now);
    return envelope(id, new Recipient(to, destination), now, trace, content)
        .preceded(signatures(text, trace));
  }

  private Envelope envelope(QueueId id, Recipient to, Instant now, Octets trace, Content content) {
    var client =
        new Client(
            InetAddress.getLoopbackAddress(),
            0,
            around.host(),
            "local",
            "autoreply",
            around.node(),
            Optional.empty());
    return Envelope.accepted(
        id,
        // An answer is never answered (RFC 3834 §3.3).
        new ReversePath.Null(),
        Optional.empty(),
        List.of(to),
        MailParameters.NONE,
        client,
        now,
        trace,
        content);
  }

  private Octets trace(QueueId id, Instant now) {
    return Octets.utf8(
        "Received: by %s (Posthouse) id %s;\r\n\t%s\r\n"
            .formatted(around.host(), id, Dates.format(now)));
  }

  private Octets signatures(Octets text, Octets trace) {
    if (around.signer().isEmpty()) return Octets.EMPTY;
    var passing = around.signer().get().begin();
    try {
      passing.takeAll(text.input());
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return switch (around.signer().get().sign(passing, trace, Signer.Permission.ANY)) {
      case Signing.Signed(var lines) -> lines;
      case Signing.Unsigned _, Signing.NotNow _ -> Octets.EMPTY;
    };
  }
}
