package io.posthouse.kafka;

import io.posthouse.queue.DeadLetters;
import io.posthouse.queue.QueueReader;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/// Takes messages from Kafka and remembers which are settled, in whatever order they are.
///
/// Each commit carries the oldest unsettled offset of a partition and, beyond it, the offsets that
/// are settled already: after a crash or a rebalance only what was truly in flight is taken again.
/// Kafka may go and come back at any time.
public final class LedgerReader implements QueueReader {
  private final LedgerSettings settings;
  private final ClaimLog claimLog;
  private final ConsumerThread thread;
  private volatile LedgerStatus status = LedgerStatus.NOTHING;

  public LedgerReader(
      KafkaCluster cluster,
      LedgerSettings settings,
      Intake intake,
      DeadLetters deadLetters,
      Events events,
      InstantSource clock) {
    this(
        () -> ReaderClients.consumer(cluster, settings.group(), settings.instance()),
        settings.claims().map(_ -> (ClaimLog) new KafkaClaimLog(cluster)).orElse(ClaimLog.NONE),
        settings,
        intake,
        deadLetters,
        events,
        clock);
  }

  LedgerReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      ClaimLog claimLog,
      LedgerSettings settings,
      Intake intake,
      DeadLetters deadLetters,
      Events events,
      InstantSource clock) {
    this.settings = settings;
    this.claimLog = claimLog;
    var inbox = Inbox.real();
    var terms = settings.claims().orElse(ClaimTerms.DEFAULT);
    var member = settings.instance() + "/" + UUID.randomUUID();
    var board = new ClaimBoard(member, terms.lease());
    // The books outlive a consumer that has to be made anew, so nothing in flight is taken twice.
    var books = new LedgerBooks(settings, board, clock, inbox);
    var ours = new OurClaims(member, terms, books, claimLog);
    var theirs = new TheirClaims(board, claimLog, inbox);
    var handout = new LedgerHandout(intake, deadLetters, books, events);
    thread =
        new ConsumerThread(
            name(),
            () ->
                new LedgerConsumer(
                    settings,
                    consumers.get(),
                    books,
                    handout,
                    ours,
                    theirs,
                    seen -> status = seen));
  }

  @Override
  public String name() {
    return "reader of " + settings.group();
  }

  /// The consumer group it reads for.
  public String group() {
    return settings.group();
  }

  /// Why it does not read, for the readiness of its role; empty while all is well.
  public Optional<String> trouble() {
    return thread.trouble();
  }

  public LedgerStatus status() {
    return status;
  }

  /// Shows how it is doing among the metrics of the process.
  public void showIn(Metrics metrics) {
    var shown = new GroupGauges(metrics, settings.group());
    shown.gauge("mail_reader_up", "Whether it reads.", () -> trouble().isEmpty() ? 1 : 0);
    shown.gauge("mail_reader_partitions", "Partitions it reads.", () -> status.partitions());
    shown.gauge("mail_reader_in_flight", "Taken and not settled.", () -> status.records());
    shown.gauge("mail_reader_in_flight_bytes", "Of those.", () -> status.octets());
    shown.gauge("mail_reader_lag", "Waiting and not taken yet.", () -> status.lag());
    shown.gauge(
        "mail_reader_span",
        "Offsets from the oldest unsettled record to the newest taken, in the worst partition.",
        () -> status.longestSpan());
    shown.gauge(
        "mail_reader_oldest_seconds",
        "How long the oldest unsettled record has been taken.",
        () -> status.oldest().toMillis() / 1e3);
    shown.gauge("mail_reader_commit_failures", "Since the start.", () -> status.commitFailures());
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void drain(Duration deadline) {
    thread.drain(deadline);
  }

  @Override
  public void close() {
    // Its consumer belongs to that thread.
    if (thread.close()) claimLog.close();
  }
}
