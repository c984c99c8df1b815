package io.posthouse.edge.wire;

import io.posthouse.edge.EdgeSettings.Timeouts;
import io.posthouse.edge.session.SessionState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How long a client has been silent, and how long it takes. Time that we let it wait is not held
/// against it.
final class Pace {
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Timeouts timeouts;
  private final LongSupplier nanoClock;
  private long heard;
  private long lastLook;
  private long inTransaction;
  private long inContent;
  private long octets;

  Pace(Timeouts timeouts, LongSupplier nanoClock) {
    this.timeouts = timeouts;
    this.nanoClock = nanoClock;
    heard = nanoClock.getAsLong();
    lastLook = heard;
  }

  /// How often to look: often enough that nobody gets a fifth more than the time we give.
  Duration interval() {
    var shortest =
        timeouts.idle().compareTo(timeouts.transaction()) < 0
            ? timeouts.idle()
            : timeouts.transaction();
    var fifth = shortest.dividedBy(5);
    return fifth.compareTo(Duration.ofSeconds(15)) < 0 ? fifth : Duration.ofSeconds(15);
  }

  void heard(int count) {
    heard = nanoClock.getAsLong();
    octets += count;
  }

  /// Looks at the clock.
  ///
  /// @param weWait whether it is us who take no more just now
  /// @return what is too slow, if anything is
  Optional<String> look(SessionState state, boolean weWait) {
    var now = nanoClock.getAsLong();
    var passed = now - lastLook;
    lastLook = now;
    if (weWait || state instanceof SessionState.Waiting) {
      heard = now;
      return Optional.empty();
    }
    count(state, passed);
    if (now - heard > timeouts.idle().toNanos()) return Optional.of("Silent for too long");
    if (inTransaction > timeouts.transaction().toNanos())
      return Optional.of("Message took too long");
    return inContent > GRACE.toNanos() && isTooSlow()
        ? Optional.of("Message comes too slowly")
        : Optional.empty();
  }

  private void count(SessionState state, long passed) {
    switch (state) {
      case SessionState.Collecting _ -> inTransaction += passed;
      case SessionState.Receiving _,
          SessionState.BetweenChunks _,
          SessionState.TakingChunk _,
          SessionState.Discarding _ -> {
        inTransaction += passed;
        inContent += passed;
      }
      case SessionState.Connected _,
          SessionState.Ready _,
          SessionState.LoggingIn _,
          SessionState.Waiting _ ->
          reset();
    }
  }

  /// Content begins, or the next message.
  void reset() {
    inTransaction = 0;
    inContent = 0;
    octets = 0;
  }

  private boolean isTooSlow() {
    return octets < timeouts.slowest().bytes() * (inContent / 1e9);
  }
}
