package io.posthouse.kafka;

import java.time.Duration;

/// When a reader claims what it has in hand, and for how long others believe it.
///
/// @param after what has been in hand for so long is claimed, lest the reader loses its partition
///   without a warning; what it hands over is claimed in any case
/// @param lease who has not been heard of for so long is dead, and its claims with it
public record ClaimTerms(Duration after, Duration lease) {
  /// 5 s, 1 min.
  public static final ClaimTerms DEFAULT =
      new ClaimTerms(Duration.ofSeconds(5), Duration.ofMinutes(1));

  public ClaimTerms {
    if (after.isNegative() || lease.compareTo(Duration.ofSeconds(1)) < 0)
      throw new IllegalArgumentException(
          "claims: after %s, for %s (expected: 0 or more, 1s or more)".formatted(after, lease));
  }

  /// How often a claim is said again: some may be lost on the way.
  Duration renewal() {
    return lease.dividedBy(4);
  }
}
