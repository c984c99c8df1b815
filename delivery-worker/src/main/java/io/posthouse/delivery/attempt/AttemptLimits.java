package io.posthouse.delivery.attempt;

/// How far one attempt goes.
///
/// @param addresses tried in one attempt at most, so that a domain with a thousand does not hold us
public record AttemptLimits(int addresses) {
  public static final AttemptLimits DEFAULT = new AttemptLimits(12);

  public AttemptLimits {
    if (addresses < 1)
      throw new IllegalArgumentException("addresses: " + addresses + " (expected: 1 or more)");
  }
}
