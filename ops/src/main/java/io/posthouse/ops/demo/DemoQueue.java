package io.posthouse.ops.demo;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.mongo.MongoDown;
import io.posthouse.queue.ContentUpload;
import io.posthouse.queue.MailQueue;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// The queue of the catch-all host, which is an edge like any other: what it accepts ends in the
/// demo inbox.
///
/// Mails that arrive together are kept together, so that a load test of the demo measures Posthouse
/// and not this class.
final class DemoQueue implements MailQueue, AutoCloseable {
  /// A document holds 16 MiB; of a longer mail the beginning is kept.
  static final int LONGEST_KEPT = 15 * 1024 * 1024;

  private static final int LARGEST_BATCH = 200;

  private record Waiting(DemoMail mail, CompletableFuture<Put> heard) {}

  private final DemoInbox inbox;
  private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(10_000);
  private final Map<Long, byte[]> uploaded = new ConcurrentHashMap<>();
  private final AtomicLong uploads = new AtomicLong();
  private final Thread keeper;

  DemoQueue(DemoInbox inbox) {
    this.inbox = inbox;
    keeper = Thread.ofVirtual().name("demo-inbox").start(this::keepUntilClosed);
  }

  @Override
  public CompletionStage<Put> put(Envelope envelope) {
    var heard = new CompletableFuture<Put>();
    if (!waiting.offer(new Waiting(mail(envelope), heard)))
      heard.complete(new Put.NotQueued("too many at once"));
    return heard;
  }

  @Override
  public CompletionStage<Put> defer(Envelope envelope, Duration delay) {
    return CompletableFuture.completedStage(new Put.NotQueued("the catch-all host defers nothing"));
  }

  @Override
  public CompletionStage<Put> hold(Envelope envelope) {
    return CompletableFuture.completedStage(new Put.NotQueued("the catch-all host holds nothing"));
  }

  @Override
  public CompletionStage<Put> bury(Envelope envelope, String reason) {
    return CompletableFuture.completedStage(new Put.NotQueued("the catch-all host buries nothing"));
  }

  @Override
  public ContentUpload upload(QueueId queueId) {
    return new DemoUpload();
  }

  @Override
  public void close() {
    keeper.interrupt();
  }

  private DemoMail mail(Envelope envelope) {
    return DemoMail.arrived(
        envelope.queueId(),
        envelope.reversePath().toString(),
        envelope.recipients().stream().map(r -> r.address()).map(MailAddress::toString).toList(),
        envelope.size(),
        raw(envelope));
  }

  private Octets raw(Envelope envelope) {
    var raw = new ByteArrayOutputStream();
    raw.writeBytes(envelope.trace().toArray());
    switch (envelope.content()) {
      case Content.Inline(var octets) -> raw.writeBytes(octets.toArray());
      case Content.Chunked(_, var offsets, _) -> raw.writeBytes(taken(offsets.getFirst()));
      case Content.InRecord _ ->
          throw new IllegalArgumentException("content of a new mail: in a record (expected: here)");
    }
    return Octets.of(raw.toByteArray());
  }

  private byte[] taken(long upload) {
    var octets = uploaded.remove(upload);
    return octets == null ? new byte[0] : octets;
  }

  private void keepUntilClosed() {
    try {
      while (true) keep(nextBatch());
    } catch (InterruptedException closed) {
      waiting.forEach(mail -> mail.heard().complete(new Put.NotQueued("stopping")));
    }
  }

  private List<Waiting> nextBatch() throws InterruptedException {
    var batch = new ArrayList<Waiting>();
    batch.add(waiting.take());
    waiting.drainTo(batch, LARGEST_BATCH - 1);
    return batch;
  }

  private void keep(List<Waiting> batch) {
    try {
      inbox.keep(batch.stream().map(Waiting::mail).toList());
      batch.forEach(kept -> kept.heard().complete(new Put.Queued(kept.mail().id())));
    } catch (MongoDown e) {
      batch.forEach(lost -> lost.heard().complete(new Put.NotQueued(e.why())));
    }
  }

  /// Content that comes in chunks, kept up to [#LONGEST_KEPT]; its "offset" is a number of ours.
  private final class DemoUpload implements ContentUpload {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long size;

    @Override
    public CompletionStage<Void> write(Octets chunk) {
      size += chunk.length();
      if (kept.size() + chunk.length() <= LONGEST_KEPT) kept.writeBytes(chunk.toArray());
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Content.Chunked> finish() {
      var number = uploads.incrementAndGet();
      uploaded.put(number, kept.toByteArray());
      return CompletableFuture.completedStage(new Content.Chunked(0, List.of(number), size));
    }
  }
}
