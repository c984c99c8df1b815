package io.posthouse.kafka;

import io.posthouse.message.Envelope;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.telemetry.Metrics;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renewals with copies of the content, each made on a virtual thread of its own, a few at a time.
///
/// The janitor keeps content for its window: as long as a message may be held in one record, and a
/// message's life longer. A message that is held within its life so finds its content when half the
/// time for its record is over, and the other half is for movers that are away. After that nothing
/// is deleted until they are back.
public final class ContentRenewals implements Renewals {
  private static final Logger LOG = LoggerFactory.getLogger(ContentRenewals.class);

  /// Each has a chunk in memory.
  private static final int MOST_AT_ONCE = 4;

  private final ContentCarrier contents;
  private final JanitorSettings kept;
  private final Semaphore underWay = new Semaphore(MOST_AT_ONCE);
  private final AtomicLong brought = new AtomicLong();

  public ContentRenewals(ContentCarrier contents, JanitorSettings kept) {
    this.contents = contents;
    this.kept = kept;
  }

  /// Shows how many there were among the metrics of the process.
  public void showIn(Metrics metrics) {
    metrics.gauge(
        "mail_held_renewed",
        "Held messages whose content was written anew since the start.",
        brought::get);
  }

  @Override
  public Instant due(Envelope held, Instant written) {
    var half = kept.heldPatience().dividedBy(2);
    var byRecord = written.plus(half);
    // Once renewed, its content is no older than its record.
    if (held.orders().heldSince().isPresent()) return byRecord;
    // It may have come here late: workers that are down for weeks hold nothing either.
    var byContent = held.arrived().plus(kept.window()).minus(half);
    return byContent.isBefore(byRecord) ? byContent : byRecord;
  }

  @Override
  public CompletionStage<Answer> begin(Envelope held) {
    var answer = new CompletableFuture<Answer>();
    Thread.ofVirtual()
        .name("renewal of " + held.queueId())
        .start(() -> answer.complete(bring(held)));
    return answer;
  }

  private Answer bring(Envelope held) {
    try {
      underWay.acquire();
      try {
        return brought(held);
      } finally {
        underWay.release();
      }
    } catch (ContentGone gone) {
      return new Answer.Gone("content is gone: " + gone.getMessage());
    } catch (IOException | InterruptedException notNow) {
      LOG.warn("held message {} is not renewed now: {}", held.queueId(), notNow.toString());
      return new Answer.NotNow();
    } catch (RuntimeException ours) {
      LOG.error("held message {} is not renewed now", held.queueId(), ours);
      return new Answer.NotNow();
    }
  }

  private Answer brought(Envelope held) throws IOException {
    var copy = contents.copied(held);
    brought.incrementAndGet();
    return new Answer.Brought(copy);
  }
}
