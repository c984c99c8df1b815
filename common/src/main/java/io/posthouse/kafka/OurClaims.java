package io.posthouse.kafka;

import io.posthouse.kafka.ClaimSheet.Claims;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the other readers what this one has in hand: in passing what takes long, and all of it
/// before a partition is let go. For the reader's thread.
final class OurClaims {
  private static final Logger LOG = LoggerFactory.getLogger(OurClaims.class);
  private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// Those that are done with go to a member that has forgotten them, at worst.
  private static final int MOST_DONE = 10_000;

  private final String member;
  private final ClaimTerms terms;
  private final LedgerBooks books;
  private final ClaimLog log;
  private ClaimSheet told;
  private long toldAt;
  private long lookedAt;
  private volatile boolean lost;

  OurClaims(String member, ClaimTerms terms, LedgerBooks books, ClaimLog log) {
    this.member = member;
    this.terms = terms;
    this.books = books;
    this.log = log;
    told = sheet();
    toldAt = books.nanoTime();
    lookedAt = toldAt;
  }

  /// Tells what has changed, about once a second, and says again what has not.
  void inPassing() {
    var time = books.nanoTime();
    if (time - lookedAt < EVERY) return;
    lookedAt = time;
    books.claimWhatTakes(terms.after());
    var now = sheet();
    var renews = now.hasOpen() && time - toldAt >= terms.renewal().toNanos();
    if (lost || renews || !now.equals(told)) tell(now);
  }

  /// All of these partitions that is in hand. With the return of this method everybody knows, or
  /// Kafka is away: then it may be taken by others, too.
  void atOnce(Collection<TopicPartition> ids) {
    ids.forEach(id -> books.partition(id).claimAll());
    var now = sheet();
    if (!now.isEmpty() || !told.isEmpty()) await(now);
  }

  private void tell(ClaimSheet now) {
    told = now;
    toldAt = books.nanoTime();
    lost = false;
    var _ = log.write(now).whenComplete((_, trouble) -> lost |= trouble != null);
  }

  private void await(ClaimSheet now) {
    told = now;
    toldAt = books.nanoTime();
    lost = false;
    try {
      log.write(now).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      lost = true;
      LOG.warn(
          "partitions were let go, and what is in hand could not be claimed: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ClaimSheet sheet() {
    var partitions = new HashMap<TopicPartition, Claims>();
    for (var partition : books.all()) {
      var claims = new Claims(partition.claimed(), partition.done().youngest(MOST_DONE));
      if (!claims.isEmpty()) partitions.put(partition.id(), claims);
    }
    return new ClaimSheet(member, partitions);
  }
}
