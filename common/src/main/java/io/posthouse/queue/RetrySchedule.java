package io.posthouse.queue;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// When a deferred message is tried again: after each delay of the list in turn, then after the
/// last one for ever, until the message expires.
///
/// @param delays from the first retry on; each distinct delay has a topic of its own
/// @param expiry age at which what is still deferred is bounced (RFC 5321 §4.5.4.1: at least 4-5
///   days)
public record RetrySchedule(List<Duration> delays, Duration expiry) {
  public RetrySchedule {
    delays = List.copyOf(delays);
    if (delays.isEmpty())
      throw new IllegalArgumentException("retry delays: none (expected: at least one)");
    // A delay names its topic, to the second.
    if (delays.stream().anyMatch(d -> d.toSeconds() < 1 || d.toNanosPart() != 0)) {
      throw new IllegalArgumentException(
          "retry delays: " + delays + " (expected: whole seconds, 1s or more each)");
    }
  }

  /// The delay after so many attempts have failed (at least one).
  public Duration delayAfter(int failedAttempts) {
    return delays.get(Math.min(failedAttempts, delays.size()) - 1);
  }

  /// The distinct delays, shortest first: one retry topic each.
  public SortedSet<Duration> tiers() {
    return new TreeSet<>(delays);
  }
}
