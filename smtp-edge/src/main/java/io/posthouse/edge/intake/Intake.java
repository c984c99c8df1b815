package io.posthouse.edge.intake;

import io.posthouse.config.ByteSize;
import io.posthouse.dkim.Signer;
import io.posthouse.dkim.Signer.Permission;
import io.posthouse.dkim.Signing;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Refusal;
import io.posthouse.edge.session.Refusals;
import io.posthouse.edge.session.Transaction;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueIds;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.telemetry.MailEvent;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/// Takes messages in: mints their ids, stamps them, and hands them to the queue. What it answers is
/// what the client may be told.
public final class Intake {
  private final MailQueue queue;
  private final QueueIds queueIds;
  private final InstantSource clock;
  private final MemoryBudget budget;
  private final UploadWindow uploads;
  private final Trace trace;
  private final ContentLimits limits;
  private final String hostname;
  private final Optional<Signer> signer;
  private final Executor signing;

  /// @param uploads octets of chunks that may be on their way to the queue, of all messages
  ///   together
  /// @param hostname our name in trace lines
  /// @param signer signs what our users send, if anybody does
  /// @param signing where keys are waited for
  public Intake(
      MailQueue queue,
      QueueIds queueIds,
      InstantSource clock,
      MemoryBudget budget,
      ByteSize uploads,
      String hostname,
      ContentLimits limits,
      Optional<Signer> signer,
      Executor signing) {
    this.queue = queue;
    this.queueIds = queueIds;
    this.clock = clock;
    this.budget = budget;
    this.uploads = new UploadWindow(uploads.bytes());
    this.trace = new Trace(hostname);
    this.limits = limits;
    this.hostname = hostname;
    this.signer = signer;
    this.signing = signing;
  }

  /// Whether there is room for a message more.
  public boolean hasRoom() {
    return budget.hasRoom();
  }

  /// How much of the memory for content is taken, from 0 to 1; more if it is overdrawn.
  public double share() {
    return budget.share();
  }

  /// Octets of chunks that are on their way to the queue.
  public long underWay() {
    return uploads.underWay();
  }

  /// A message's content is about to come.
  ///
  /// @param signs whether it may be signed
  /// @param goOn called on some thread when more may be brought after [Arrival#mustWait]
  public Arrival begin(Transaction transaction, boolean signs, Runnable goOn) {
    return new Arrival(
        queueIds.next(),
        queue,
        limits.message().bytes(),
        scan(transaction),
        budget,
        uploads,
        signer.filter(_ -> signs).map(Signer::begin),
        goOn);
  }

  private ContentScan scan(Transaction transaction) {
    var recipients =
        transaction.accepted().stream()
            .map(recipient -> recipient.address().toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return new ContentScan(limits, transaction.parameters().body(), hostname, recipients);
  }

  /// Hands a whole message over. It is ours once this answers [Outcome.Taken], and only then:
  /// whatever goes wrong before is the client's to send again.
  ///
  /// @param permission as whom it may be signed
  public CompletionStage<Outcome> handOver(
      Arrival arrival,
      Transaction transaction,
      Client client,
      ListenerKind kind,
      Permission permission) {
    var draft = draft(arrival, transaction, client, kind);
    var toSign = arrival.toSign();
    if (toSign.isEmpty()) return store(arrival, draft);
    return CompletableFuture.supplyAsync(
            () -> signer.orElseThrow().sign(toSign.get(), draft.trace(), permission), signing)
        .thenCompose(signed ->
            switch (signed) {
              // What is queued is what every attempt sends: the signature is made once.
              case Signing.Signed(var lines) -> store(arrival, draft.preceded(lines));
              case Signing.Unsigned _ -> store(arrival, draft);
              case Signing.NotNow(var why) ->
                  CompletableFuture.completedStage(new Outcome.NotTaken(Refusals.CANNOT_SIGN, why));
            });
  }

  private CompletionStage<Outcome> store(Arrival arrival, Envelope draft) {
    return arrival
        .finish()
        .thenCompose(content -> put(draft.withContent(content), arrival))
        .exceptionally(lost -> notTaken("content not stored: " + lost.getMessage()));
  }

  /// What became of a message that was handed over.
  public sealed interface Outcome {
    /// It is ours.
    ///
    /// @param accepted the event that says so
    record Taken(MailEvent.Accepted accepted) implements Outcome {}

    /// It is the client's.
    ///
    /// @param refusal what it is told
    /// @param why for our log
    record NotTaken(Refusal refusal, String why) implements Outcome {}
  }

  private CompletionStage<Outcome> put(Envelope envelope, Arrival arrival) {
    return queue
        .put(envelope)
        .thenApply(put ->
            switch (put) {
              case Put.Queued _ ->
                  new Outcome.Taken(new MailEvent.Accepted(envelope, arrival.header().messageId()));
              case Put.NotQueued(var why) -> notTaken(why);
            });
  }

  private static Outcome notTaken(String why) {
    return new Outcome.NotTaken(Refusals.TRY_AGAIN_LATER, why);
  }

  /// The envelope, but for its content.
  private Envelope draft(
      Arrival arrival, Transaction transaction, Client client, ListenerKind kind) {
    var recipients = transaction.recipients();
    var arrived = clock.instant();
    return Envelope.accepted(
        arrival.queueId(),
        transaction.from(),
        transaction.returnTo(),
        recipients,
        transaction.parameters(),
        client,
        arrived,
        trace.lines(arrival.queueId(), client, kind, recipients, arrival.header(), arrived),
        new Content.Inline(Octets.EMPTY));
  }
}
