package io.posthouse.kafka;

import io.posthouse.kafka.Sent.Durable;
import io.posthouse.kafka.Sent.Lost;
import io.posthouse.kafka.Sent.TooLong;
import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.queue.ContentUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One message's content on its way into the topic `content`. For one thread at a time.
final class KafkaUpload implements ContentUpload {
  private final Lane lane;
  private final String topic;
  private final QueueId queueId;
  private final List<CompletableFuture<Durable>> chunks = new ArrayList<>();
  private long size;

  KafkaUpload(Lane lane, String topic, QueueId queueId) {
    this.lane = lane;
    this.topic = topic;
    this.queueId = queueId;
  }

  @Override
  public CompletionStage<Void> write(Octets chunk) {
    if (chunk.length() > LONGEST_CHUNK)
      throw new IllegalArgumentException(
          "chunk: " + chunk.length() + " octets (expected: at most " + LONGEST_CHUNK + ")");
    var durable =
        lane.send(ChunkRecord.of(topic, queueId, chunks.size(), chunk))
            .thenCompose(KafkaUpload::durable)
            .toCompletableFuture();
    chunks.add(durable);
    size += chunk.length();
    return durable.thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Content.Chunked> finish() {
    if (chunks.isEmpty())
      return CompletableFuture.failedFuture(new IOException("content of " + queueId + ": empty"));
    return CompletableFuture.allOf(chunks.toArray(CompletableFuture<?>[]::new))
        .thenCompose(_ -> content());
  }

  private CompletionStage<Content.Chunked> content() {
    var places = chunks.stream().map(CompletableFuture::join).toList();
    var partition = places.getFirst().partition();
    // Somebody has added partitions to the topic meanwhile.
    if (places.stream().anyMatch(place -> place.partition() != partition))
      return CompletableFuture.failedFuture(
          new IOException("content of " + queueId + ": in more than one partition"));
    var offsets = places.stream().map(Durable::offset).toList();
    return CompletableFuture.completedFuture(new Content.Chunked(partition, offsets, size));
  }

  private static CompletionStage<Durable> durable(Sent sent) {
    return switch (sent) {
      case Durable place -> CompletableFuture.completedFuture(place);
      case Lost(var why) -> CompletableFuture.failedFuture(new IOException(why));
      case TooLong(var why) -> CompletableFuture.failedFuture(new IOException(why));
    };
  }
}
