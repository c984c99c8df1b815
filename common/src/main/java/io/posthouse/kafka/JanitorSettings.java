package io.posthouse.kafka;

import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.util.SortedSet;

/// How long records are kept that nobody needs for delivery any more.
///
/// @param window how far back a replay reaches
/// @param patience how long something may be pending; longer than the longest delay
/// @param tiers the delays of the retry schedule
public record JanitorSettings(Duration window, Duration patience, SortedSet<Duration> tiers) {
  private static final Duration DAY = Duration.ofDays(1);

  /// A replay window of `wanted`, or of the longest life of a message if that is more: no content
  /// goes before its message.
  public static JanitorSettings of(Duration wanted, RetrySchedule schedule) {
    var patience = schedule.tiers().last().plus(DAY);
    var least = schedule.expiry().plus(patience);
    var window = wanted.compareTo(least) < 0 ? least : wanted;
    return new JanitorSettings(window, patience, schedule.tiers());
  }
}
