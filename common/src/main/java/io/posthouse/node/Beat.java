package io.posthouse.node;

import java.time.Duration;
import java.time.Instant;

/// What a process says of itself every few seconds.
///
/// @param at when it said so, by its own clock
/// @param since when it has been in its state
/// @param trouble why it is not ready; empty where it is
public record Beat(
    Identity who, Instant at, NodeState state, Instant since, String trouble, Work work) {
  /// Whoever is not heard of for so long is dead, or cut off.
  public static final Duration SILENCE = Duration.ofSeconds(30);

  /// Whether more should have been heard since; one that said goodbye is not missed.
  public boolean isSilent(Instant now) {
    return state != NodeState.STOPPED && at.plus(SILENCE).isBefore(now);
  }

  /// Whether what it has said still holds.
  public boolean isAlive(Instant now) {
    return state != NodeState.STOPPED && !isSilent(now);
  }

  /// The same, with no more than `most` of each by name.
  public Beat atMost(int most) {
    return new Beat(who, at, state, since, trouble, work.atMost(most));
  }
}
