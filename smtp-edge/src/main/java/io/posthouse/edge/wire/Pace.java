package io.posthouse.edge.wire;

import io.posthouse.edge.EdgeSettings.Timeouts;
import io.posthouse.edge.session.SessionState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// How long a client has been silent, and how long it takes. Time that we let it wait is not held
/// against it.
final class Pace {
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Timeouts timeouts;
  private final BooleanSupplier stress;
  private final LongSupplier nanoClock;
  private final long opened;
  private long heard;
  private long lastLook;
  private long inTransaction;
  private long inContent;
  private long octets;

  /// @param stress whether this node cannot afford those who keep it waiting
  Pace(Timeouts timeouts, BooleanSupplier stress, LongSupplier nanoClock) {
    this.timeouts = timeouts;
    this.stress = stress;
    this.nanoClock = nanoClock;
    opened = nanoClock.getAsLong();
    heard = opened;
    lastLook = opened;
  }

  /// How often to look: often enough that nobody gets a fifth more than the time we give.
  Duration interval() {
    var all = List.of(timeouts.idle(), timeouts.transaction(), timeouts.session());
    var shortest = Collections.min(all);
    var fifth = shortest.dividedBy(5);
    return fifth.compareTo(Duration.ofSeconds(15)) < 0 ? fifth : Duration.ofSeconds(15);
  }

  /// So many octets have come. Those of a command do not count until it is whole: one octet now and
  /// then is silence.
  void heard(int count, SessionState state) {
    octets += count;
    if (isContent(state)) understood();
  }

  /// A whole line has come.
  void understood() {
    heard = nanoClock.getAsLong();
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
    if (now - heard > idle().toNanos()) return Optional.of("Silent for too long");
    if (isBetweenMessages(state) && now - opened > timeouts.session().toNanos())
      return Optional.of("Session took too long");
    if (inTransaction > timeouts.transaction().toNanos())
      return Optional.of("Message took too long");
    return inContent > GRACE.toNanos() && isTooSlow()
        ? Optional.of("Message comes too slowly")
        : Optional.empty();
  }

  private Duration idle() {
    return stress.getAsBoolean() ? timeouts.idleInStress() : timeouts.idle();
  }

  private static boolean isContent(SessionState state) {
    return state instanceof SessionState.Receiving
        || state instanceof SessionState.TakingChunk
        || state instanceof SessionState.Discarding;
  }

  private static boolean isBetweenMessages(SessionState state) {
    return state instanceof SessionState.Connected
        || state instanceof SessionState.Ready
        || state instanceof SessionState.LoggingIn;
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
