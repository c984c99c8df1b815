package io.posthouse.kafka;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/// The queue as one process of the simulated cluster sees it: the process may be killed before and
/// after each record.
record SimQueue(SimLog log, Topics topics, SimFaults faults, BooleanSupplier alive)
    implements MailQueue, DeadLetters {
  @Override
  public CompletionStage<Put> put(Envelope envelope) {
    return append(topics.first(envelope), envelope);
  }

  @Override
  public CompletionStage<Put> defer(Envelope envelope, Duration delay) {
    return append(topics.retry(delay), envelope);
  }

  @Override
  public CompletionStage<Put> hold(Envelope envelope) {
    return append(topics.held(), envelope);
  }

  @Override
  public CompletionStage<Put> bury(Envelope envelope, String reason) {
    return append(topics.dead(), envelope);
  }

  @Override
  public CompletionStage<Burial> bury(RecordPosition origin, Octets record, String reason) {
    append(topics.dead(), origin.toString(), record.toArray());
    return CompletableFuture.completedFuture(new Burial.Buried());
  }

  @Override
  public ContentUpload upload(QueueId queueId) {
    throw new UnsupportedOperationException("long content is not simulated");
  }

  /// Content outside of its envelope.
  Content.Chunked chunk(QueueId queueId) {
    var place = log.of(topics.content()).getFirst();
    append(topics.content(), queueId.text(), new byte[] {'.'});
    return new Content.Chunked(place.partition(), List.of(log.end(place) - 1), 1);
  }

  private CompletionStage<Put> append(String topic, Envelope envelope) {
    append(topic, RecordKeys.of(envelope), EnvelopeCodec.encode(envelope));
    return CompletableFuture.completedFuture(new Put.Queued(envelope.queueId()));
  }

  private void append(String topic, String key, byte[] value) {
    if (!alive.getAsBoolean() || faults.kills()) throw new SimCrash();
    log.append(topic, key.getBytes(StandardCharsets.UTF_8), value);
    if (faults.kills()) throw new SimCrash();
  }
}
