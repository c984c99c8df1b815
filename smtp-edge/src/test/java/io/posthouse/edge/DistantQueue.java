package io.posthouse.edge;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.queue.ContentUpload;
import io.posthouse.queue.MailQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// A queue that has what it is given only after a while, and keeps nothing but the count.
final class DistantQueue implements MailQueue {
  private final Executor later;
  private final Runnable onChunk;
  private final AtomicLong octets = new AtomicLong();

  /// @param onChunk called whenever a chunk comes
  DistantQueue(Duration distance, Runnable onChunk) {
    later = CompletableFuture.delayedExecutor(distance.toNanos(), TimeUnit.NANOSECONDS);
    this.onChunk = onChunk;
  }

  /// Octets of all chunks.
  long octets() {
    return octets.get();
  }

  @Override
  public CompletionStage<Put> put(Envelope envelope) {
    return CompletableFuture.supplyAsync(() -> new Put.Queued(envelope.queueId()), later);
  }

  @Override
  public CompletionStage<Put> defer(Envelope envelope, Duration delay) {
    return put(envelope);
  }

  @Override
  public CompletionStage<Put> hold(Envelope envelope) {
    return put(envelope);
  }

  @Override
  public CompletionStage<Put> bury(Envelope envelope, String reason) {
    return put(envelope);
  }

  @Override
  public ContentUpload upload(QueueId queueId) {
    return new Upload();
  }

  private final class Upload implements ContentUpload {
    private CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    private long chunks;
    private long size;

    @Override
    public CompletionStage<Void> write(Octets chunk) {
      onChunk.run();
      octets.addAndGet(chunk.length());
      size += chunk.length();
      chunks++;
      var durable = CompletableFuture.runAsync(() -> {}, later);
      all = CompletableFuture.allOf(all, durable);
      return durable;
    }

    @Override
    public CompletionStage<Content.Chunked> finish() {
      return all.thenApply(_ -> new Content.Chunked(0, offsets(), size));
    }

    private List<Long> offsets() {
      return LongStream.range(0, chunks).boxed().toList();
    }
  }
}
