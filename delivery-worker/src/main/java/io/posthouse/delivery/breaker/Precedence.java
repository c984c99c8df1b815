package io.posthouse.delivery.breaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Whether a family may go first. One that came too late, failed or was not liked goes second for a
/// while: it is still tried when the other one fails, so to be wrong about it costs nothing. Safe
/// from any thread.
final class Precedence {
  /// As long as RFC 6555 §4.2 lets such things be remembered.
  static final Duration SECOND_FOR = Duration.ofMinutes(10);

  /// Meanwhile one race finds out whether it may go first again.
  private static final Duration FINDING_OUT = Duration.ofSeconds(30);

  private final InstantSource clock;
  private Optional<Instant> secondUntil = Optional.empty();
  private String why = "";

  Precedence(InstantSource clock) {
    this.clock = clock;
  }

  /// One who asks after the time finds out; the others meanwhile hear that it goes second.
  synchronized boolean goesFirst() {
    if (secondUntil.isEmpty()) return true;
    if (isSecond()) return false;
    secondUntil = Optional.of(clock.instant().plus(FINDING_OUT));
    return true;
  }

  synchronized void goesSecond(String reason) {
    why = reason;
    secondUntil = Optional.of(clock.instant().plus(SECOND_FOR));
  }

  synchronized void isGood() {
    secondUntil = Optional.empty();
  }

  /// Why it goes second, if it does.
  synchronized Optional<LeftAlone> second(String name) {
    return isSecond()
        ? secondUntil.map(until -> new LeftAlone(name, why, until))
        : Optional.empty();
  }

  private boolean isSecond() {
    return secondUntil.filter(until -> clock.instant().isBefore(until)).isPresent();
  }
}
