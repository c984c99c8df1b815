package io.posthouse.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether Kafka takes what we send, and since when not. Logs when that changes, and no more often
/// than every ten seconds however often it does.
final class Pulse {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final InstantSource clock;
  private volatile Instant lastBeat = Instant.EPOCH;
  private volatile @Nullable Trouble trouble;
  private Instant lastLine = Instant.EPOCH;

  Pulse(InstantSource clock) {
    this.clock = clock;
    this.trouble = new Trouble(clock.instant(), "not reached yet");
  }

  private record Trouble(Instant since, String why) {}

  /// Kafka has just acknowledged something.
  void beat() {
    lastBeat = clock.instant();
    var over = trouble;
    if (over != null) recovered(over);
  }

  /// Kafka has not taken something.
  void failed(String why) {
    var before = trouble;
    trouble = new Trouble(before == null ? clock.instant() : before.since(), why);
    if (mayLog()) log.warn("Kafka takes no mail: {}", why);
  }

  /// Why no mail can be taken now; empty where it can, as far as we know.
  Optional<String> trouble() {
    return Optional.ofNullable(trouble)
        .map(now -> "Kafka takes no mail since " + now.since() + ": " + now.why());
  }

  /// When Kafka last acknowledged something.
  Instant lastBeat() {
    return lastBeat;
  }

  private void recovered(Trouble over) {
    trouble = null;
    if (mayLog())
      log.info(
          "Kafka takes mail; it did not for {} s",
          Duration.between(over.since(), lastBeat).toSeconds());
  }

  private synchronized boolean mayLog() {
    var now = clock.instant();
    if (Duration.between(lastLine, now).compareTo(QUIET) < 0) return false;
    lastLine = now;
    return true;
  }
}
