package io.posthouse.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the board of what others have in hand up to date. For the reader's thread.
final class TheirClaims {
  private static final Logger LOG = LoggerFactory.getLogger(TheirClaims.class);
  private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

  /// More than this between two looks, and Kafka may have been away: nobody could be heard then.
  private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(3);

  private final ClaimBoard board;
  private final ClaimLog log;
  private final Inbox inbox;
  private long heardAt;
  private long triedAt;

  TheirClaims(ClaimBoard board, ClaimLog log, Inbox inbox) {
    this.board = board;
    this.log = log;
    this.inbox = inbox;
    heardAt = inbox.nanoTime();
    triedAt = heardAt;
  }

  /// All that was said before this call.
  ///
  /// @throws KafkaException if that cannot be known now
  void hear() {
    var sheets = log.read();
    var now = inbox.nanoTime();
    board.silence(Duration.ofNanos(Math.min(now - heardAt, LONGEST_SILENCE)));
    sheets.forEach(board::hear);
    heardAt = now;
  }

  /// The same, about once a second. False where nothing could be heard.
  boolean hearNowAndThen() {
    if (inbox.nanoTime() - triedAt < EVERY) return false;
    triedAt = inbox.nanoTime();
    try {
      hear();
      return true;
    } catch (KafkaException e) {
      LOG.warn("what other readers have in hand cannot be read now: {}", e.toString());
      return false;
    }
  }
}
