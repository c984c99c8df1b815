package io.posthouse.ops.replay;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.MadeMessages;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.storage.mongo.MongoSentLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// What a database that was restored has forgotten, and the log has not: which forwards and answers
/// are sent. Without it a replay would send them once more.
public final class SentMemory {
  /// How wrong a node's clock may be, by which its events are dated.
  private static final Duration CLOCKS = Duration.ofHours(1);

  private SentMemory() {}

  /// Reminds the database of all that was sent since then.
  ///
  /// @return how many messages that were
  /// @throws IOException if it does not answer
  public static long restore(KafkaCluster kafka, ClusterOptions options, Instant since)
      throws ConfigException, IOException, KafkaUnreachable {
    var count = new AtomicLong();
    try (var mongo = options.mongo()) {
      var log = new MongoSentLog(mongo, InstantSource.system());
      new MadeMessages(kafka)
          .since(
              since.minus(CLOCKS),
              made -> {
                try {
                  log.done(made);
                  count.incrementAndGet();
                } catch (IOException unanswered) {
                  throw new UncheckedIOException(unanswered);
                }
              });
    } catch (UncheckedIOException unanswered) {
      throw unanswered.getCause();
    }
    return count.get();
  }
}
