package io.posthouse.kafka;

import java.util.concurrent.TimeUnit;

/// How fast a replay may be.
///
/// @param perSecond messages, on average since it began; 0 for as fast as it can
public record ReplayPace(int perSecond) {
  /// Records at a time, where nobody has asked for fewer.
  private static final int MOST = 500;

  public ReplayPace {
    if (perSecond < 0)
      throw new IllegalArgumentException("rate: " + perSecond + " (expected: 0 or more)");
  }

  int recordsAtATime() {
    return perSecond == 0 ? MOST : Math.min(perSecond, MOST);
  }

  /// Returns when so many messages may be done.
  ///
  /// @param since when the first of them was, [System#nanoTime()]
  void await(long messages, long since) throws InterruptedException {
    if (perSecond == 0) return;
    var due = since + messages * TimeUnit.SECONDS.toNanos(1) / perSecond;
    var wait = due - System.nanoTime();
    if (wait > 0) TimeUnit.NANOSECONDS.sleep(wait);
  }
}
