package io.posthouse.tally;

import java.time.Duration;
import java.time.Instant;

/// Something that is counted over a window of time that moves on: what has happened in the last
/// `window`.
///
/// It is kept as a count for each window since 1970; of the one before, as much counts as still
/// lies within. So a tally needs two numbers, and is off by no more than the unevenness of the last
/// window.
///
/// @param name a short word, the same on all nodes
public record Tally(String name, Duration window) {
  public Tally {
    if (!name.matches("[a-z][a-z_]{0,39}"))
      throw new IllegalArgumentException("tally: " + name + " (expected: a short word)");
    if (window.toMillis() < 1)
      throw new IllegalArgumentException("window: " + window + " (expected: 1 ms or more)");
  }

  /// Which window it is.
  public long index(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), window.toMillis());
  }

  /// What has happened in the last window, given what did in this one and the one before it.
  public long total(long current, long previous, Instant now) {
    var elapsed = Math.floorMod(now.toEpochMilli(), window.toMillis());
    var within = 1 - (double) elapsed / window.toMillis();
    return current + (long) Math.ceil(previous * within);
  }

  /// When the count of this window is of no more use.
  public Instant expiry(Instant now) {
    return Instant.ofEpochMilli((index(now) + 2) * window.toMillis());
  }
}
