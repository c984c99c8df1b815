package io.posthouse.kafka;

import io.posthouse.queue.DeadLetters;
import io.posthouse.queue.QueueReader;
import io.posthouse.telemetry.Events;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/// Takes messages from Kafka and remembers which are settled, in whatever order they are.
///
/// Each commit carries the oldest unsettled offset of a partition and, beyond it, the offsets that
/// are settled already: after a crash or a rebalance only what was truly in flight is taken again.
/// Kafka may go and come back at any time.
public final class LedgerReader implements QueueReader {
  private final LedgerSettings settings;
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
        settings,
        intake,
        deadLetters,
        events,
        clock);
  }

  LedgerReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      LedgerSettings settings,
      Intake intake,
      DeadLetters deadLetters,
      Events events,
      InstantSource clock) {
    this.settings = settings;
    // The books outlive a consumer that has to be made anew, so nothing in flight is taken twice.
    var books = new LedgerBooks(settings, clock);
    var handout = new LedgerHandout(intake, deadLetters, books, events);
    thread =
        new ConsumerThread(
            name(),
            () ->
                new LedgerConsumer(
                    settings, consumers.get(), books, handout, seen -> status = seen));
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
    thread.close();
  }
}
