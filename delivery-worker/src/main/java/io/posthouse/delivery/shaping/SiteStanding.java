package io.posthouse.delivery.shaping;

import java.time.Duration;
import java.util.Optional;

/// How a share stands at this worker now.
///
/// @param active deliveries under way
/// @param waiting messages that go in a moment
/// @param window deliveries at a time that it seems to bear
/// @param interval from one message to the next; zero without a rate
/// @param suspendedBy the reaction
/// @param suspendedFor from now on
/// @param slowedBy the reaction
/// @param slowedFor from now on
public record SiteStanding(
    Share share,
    int active,
    int waiting,
    int window,
    Duration interval,
    Optional<String> suspendedBy,
    Optional<Duration> suspendedFor,
    Optional<String> slowedBy,
    Optional<Duration> slowedFor) {
  /// What an operator counts; a site may be in several.
  public enum State {
    BUSY,
    AT_LIMIT,
    SLOWED,
    SUSPENDED
  }

  /// Whether it is in a state.
  public boolean is(State state) {
    return switch (state) {
      case BUSY -> active > 0;
      case AT_LIMIT -> isAtLimit();
      case SLOWED -> slowedBy.isPresent();
      case SUSPENDED -> suspendedBy.isPresent();
    };
  }

  /// Whether whoever comes now has to wait for a slot.
  public boolean isAtLimit() {
    return active >= window;
  }
}
