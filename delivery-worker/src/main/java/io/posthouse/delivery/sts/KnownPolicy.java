package io.posthouse.delivery.sts;

import java.time.Duration;
import java.time.Instant;

/// A policy as it was fetched.
///
/// @param id of the record that announced it
/// @param text as the policy host gave it
/// @param fetched when it was last so
public record KnownPolicy(String id, String text, StsPolicy policy, Instant fetched) {
  /// A policy holds at least this long, so that no domain makes us fetch one for each message.
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  /// Policies are looked at again once a day, lest they run out (RFC 8461 §3.3), or at half time.
  private static final Duration FRESH = Duration.ofDays(1);

  /// The policy in `text`.
  ///
  /// @throws IllegalArgumentException if there is none, with the reason
  public static KnownPolicy of(String id, String text, Instant fetched) {
    return new KnownPolicy(id, text, StsPolicy.parse(text), fetched);
  }

  public boolean holdsAt(Instant now) {
    return now.isBefore(fetched.plus(lifetime()));
  }

  /// Whether it is time to see if it still is what the policy host says.
  boolean isStaleAt(Instant now) {
    var half = lifetime().dividedBy(2);
    return !now.isBefore(fetched.plus(half.compareTo(FRESH) < 0 ? half : FRESH));
  }

  private Duration lifetime() {
    return policy.maxAge().compareTo(SHORTEST) < 0 ? SHORTEST : policy.maxAge();
  }
}
