package io.posthouse.ops.demo;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.queue.ContentUpload;
import io.posthouse.queue.MailQueue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

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
  private final Map<QueueId, DemoUpload> uploads = new ConcurrentHashMap<>();
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
  public CompletionStage<Put> bury(Envelope envelope, String reason) {
    return CompletableFuture.completedStage(new Put.NotQueued("the catch-all host buries nothing"));
  }

  @Override
  public ContentUpload upload(QueueId queueId) {
    return uploads.computeIfAbsent(queueId, _ -> new DemoUpload());
  }

  @Override
  public void close() {
    keeper.interrupt();
  }

  private DemoMail mail(Envelope envelope) {
    return new DemoMail(
        envelope.queueId(),
        envelope.reversePath().toString(),
        envelope.recipients().stream().map(r -> r.address()).map(MailAddress::toString).toList(),
        envelope.size(),
        raw(envelope));
  }

  private byte[] raw(Envelope envelope) {
    var raw = new ByteArrayOutputStream();
    raw.writeBytes(envelope.trace().toArray());
    switch (envelope.content()) {
      case Content.Inline(var octets) -> raw.writeBytes(octets.toArray());
      case Content.Chunked _, Content.InRecord _ -> {
        var upload = uploads.remove(envelope.queueId());
        if (upload != null) raw.writeBytes(upload.kept.toByteArray());
      }
    }
    return raw.toByteArray();
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
    } catch (RuntimeException e) {
      batch.forEach(
          lost -> lost.heard().complete(new Put.NotQueued(String.valueOf(e.getMessage()))));
    }
  }

  /// Content that comes in chunks, kept up to [#LONGEST_KEPT].
  private static final class DemoUpload implements ContentUpload {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long size;

    @Override
    public CompletionStage<Void> write(Octets chunk) {
      size += chunk.length();
      try {
        if (kept.size() + chunk.length() <= LONGEST_KEPT) chunk.writeTo(kept);
      } catch (IOException impossible) {
        return CompletableFuture.failedStage(impossible);
      }
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Content.Chunked> finish() {
      return CompletableFuture.completedStage(new Content.Chunked(0, List.of(0L), size));
    }
  }
}
