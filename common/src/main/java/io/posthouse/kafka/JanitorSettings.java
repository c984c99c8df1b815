package io.posthouse.kafka;

import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.util.SortedSet;

/// How long records are kept that nobody needs for delivery any more.
///
/// @param window for how long: a replay finds the content of all that it puts into the queue, and
///   what is put there has its time to be delivered
/// @param patience how long something may be pending; longer than the longest delay
/// @param heldPatience how long something may be held in one record; at most the window without a
///   message's life, so that whatever is held within its life has its content until then
/// @param tiers the delays of the retry schedule
public record JanitorSettings(
    Duration window, Duration patience, Duration heldPatience, SortedSet<Duration> tiers) {
  private static final Duration DAY = Duration.ofDays(1);

  /// For the replay window and the longest life of a message beyond it: a retry within the window
  /// may refer to content that came as long before it.
  public static JanitorSettings of(Duration replay, RetrySchedule schedule) {
    var patience = schedule.tiers().last().plus(DAY);
    var life = schedule.expiry().plus(patience);
    return new JanitorSettings(replay.plus(life), patience, replay, schedule.tiers());
  }
}
