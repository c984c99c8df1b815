package io.posthouse.kafka;

import com.google.protobuf.ByteString;
import io.posthouse.kafka.Sent.Durable;
import io.posthouse.kafka.Sent.Lost;
import io.posthouse.kafka.Sent.TooLong;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.ContentUpload;
import io.posthouse.queue.DeadLetters;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.RecordKeys;
import io.posthouse.queue.Topics;
import io.posthouse.queue.record.DeadLetterRecord;
import io.posthouse.queue.record.PositionRecord;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The queue in Kafka. A record is one append, durable on as many brokers as must acknowledge; no
/// transaction, nothing else to clean up.
///
/// While Kafka is down every answer is [MailQueue.Put.NotQueued], within the patience of [Sending];
/// it recovers by itself. A record given up after a time-out may yet be in Kafka: its sender tries
/// again and the message arrives twice, which is the side to err on.
public final class KafkaMailQueue implements MailQueue, DeadLetters, Service {
  // Whoever hears an answer may take as long as it likes.
  private static final Executor ANSWERS = Thread.ofVirtual().name("queue-answer")::start;

  private final KafkaCluster cluster;
  private final String node;
  private final InstantSource clock;
  private final Pulse pulse;
  private final Probe probe;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("queue-probe").daemon().factory());
  private final Lane envelopes;
  private final Lane chunks;

  /// @param node our name in dead letters
  public KafkaMailQueue(
      KafkaCluster cluster,
      Sending sending,
      String node,
      InstantSource clock,
      Events events,
      Metrics metrics) {
    this.cluster = cluster;
    this.node = node;
    this.clock = clock;
    this.pulse = new Pulse(clock, events);
    this.probe = new Probe(cluster, pulse, clock);
    var watcher = new QueueMetrics(pulse, metrics);
    var producers = new Producers(cluster, sending);
    this.envelopes =
        new Lane(
            "queue-envelopes",
            producers::envelopes,
            sending.memory(),
            producers.laneWait(),
            watcher,
            ANSWERS);
    // Chunks are bounded by those who upload: they hold back their senders.
    this.chunks =
        new Lane(
            "queue-chunks",
            producers::chunks,
            Long.MAX_VALUE,
            producers.laneWait(),
            watcher,
            ANSWERS);
    metrics.gauge(
        "mail_queue_waiting_bytes", "Envelopes on their way into Kafka.", envelopes::held);
  }

  @Override
  public String name() {
    return "queue " + cluster;
  }

  @Override
  public void start() {
    envelopes.start();
    chunks.start();
    var _ = timer.scheduleWithFixedDelay(probe, 0, Probe.EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Why no mail can be taken now; empty where it can: readiness.
  public Optional<String> trouble() {
    return pulse.trouble();
  }

  /// Octets of envelopes that wait for Kafka.
  public long waiting() {
    return envelopes.held();
  }

  @Override
  public CompletionStage<Put> put(Envelope envelope) {
    return send(topics().first(envelope), envelope);
  }

  @Override
  public CompletionStage<Put> defer(Envelope envelope, Duration delay) {
    mustRefer(envelope);
    return send(topics().retry(delay), envelope);
  }

  @Override
  public CompletionStage<Put> hold(Envelope envelope) {
    mustRefer(envelope);
    return send(topics().held(), envelope);
  }

  @Override
  public CompletionStage<Put> bury(Envelope envelope, String reason) {
    var letter = letter(reason).setOriginal(ByteString.copyFrom(EnvelopeCodec.encode(envelope)));
    return sendLetter(RecordKeys.of(envelope), letter)
        .thenApply(sent -> put(sent, envelope.queueId()));
  }

  @Override
  public CompletionStage<Burial> bury(RecordPosition origin, Octets record, String reason) {
    var letter =
        letter(reason)
            .setOriginal(ByteString.copyFrom(record.buffer()))
            .setOrigin(
                PositionRecord.newBuilder()
                    .setTopic(origin.topic())
                    .setPartition(origin.partition())
                    .setOffset(origin.offset()));
    return sendLetter(origin.toString(), letter)
        .thenApply(sent ->
            switch (sent) {
              case Durable _ -> new Burial.Buried();
              case Lost(var why) -> new Burial.NotBuried(why);
              case TooLong(var why) -> new Burial.NotBuried(why);
            });
  }

  @Override
  public ContentUpload upload(QueueId queueId) {
    return new KafkaUpload(chunks, topics().content(), queueId);
  }

  /// Gives Kafka so long for what it has not acknowledged yet.
  @Override
  public void drain(Duration deadline) {
    timer.shutdownNow();
    var end = clock.instant().plus(deadline);
    chunks.close(deadline);
    envelopes.close(until(end));
  }

  @Override
  public void close() {
    drain(Duration.ZERO);
    probe.close();
  }

  /// Once this is [Put.Queued] the message is ours: it is on as many brokers as must acknowledge.
  private CompletionStage<Put> send(String topic, Envelope envelope) {
    var record =
        new ProducerRecord<>(topic, utf8(RecordKeys.of(envelope)), EnvelopeCodec.encode(envelope));
    return envelopes.send(record).thenApply(sent -> put(sent, envelope.queueId()));
  }

  private CompletionStage<Sent> sendLetter(String key, DeadLetterRecord.Builder letter) {
    return envelopes.send(
        new ProducerRecord<>(topics().dead(), utf8(key), letter.build().toByteArray()));
  }

  private DeadLetterRecord.Builder letter(String reason) {
    return DeadLetterRecord.newBuilder().setReason(reason).setAt(clock.millis()).setNode(node);
  }

  private Duration until(Instant end) {
    var left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static void mustRefer(Envelope envelope) {
    if (envelope.content() instanceof Content.Inline)
      throw new IllegalArgumentException(
          "deferred content: inline (expected: a reference to where it lies)");
  }

  private Topics topics() {
    return cluster.topics();
  }

  private static Put put(Sent sent, QueueId queueId) {
    return switch (sent) {
      case Durable _ -> new Put.Queued(queueId);
      case Lost(var why) -> new Put.NotQueued(why);
      case TooLong(var why) -> new Put.NotQueued(why);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
