package io.posthouse.delivery.attempt;

/// How far one attempt goes.
///
/// @param addresses tried in one attempt at most, so that a domain with a thousand does not hold us
/// @param recipients of one MAIL at most: every host takes 100 (RFC 5321 §4.5.3.1.8)
public record AttemptLimits(int addresses, int recipients) {
  public static final AttemptLimits DEFAULT = new AttemptLimits(12, 100);

  public AttemptLimits {
    if (addresses < 1 || recipients < 1)
      throw new IllegalArgumentException(
          "attempt limits: " + addresses + ", " + recipients + " (expected: 1 or more)");
  }
}
