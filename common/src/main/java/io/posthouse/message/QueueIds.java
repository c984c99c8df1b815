package io.posthouse.message;

import java.security.SecureRandom;
import java.time.InstantSource;

/// Mints queue ids: growing within a process, and different on every node without asking anybody.
///
/// The tail is 24 bits that this process drew at its start, then a counter of 10 bits within the
/// millisecond. A busier millisecond borrows from the next.
public final class QueueIds {
  private static final int COUNTER_BITS = 10;
  private static final int PROCESS_BITS = QueueId.TAIL_BITS - COUNTER_BITS;

  private final InstantSource clock;
  private final long process;
  private long lastMillis;
  private int counter;

  public QueueIds(InstantSource clock) {
    this(clock, new SecureRandom().nextInt(1 << PROCESS_BITS));
  }

  QueueIds(InstantSource clock, int process) {
    this.clock = clock;
    this.process = process;
  }

  /// An id that sorts after all that this object has made. Safe from any thread.
  public synchronized QueueId next() {
    var now = clock.millis() - QueueId.EPOCH;
    if (now > lastMillis) startMillisecond(now);
    else if (++counter == 1 << COUNTER_BITS) startMillisecond(lastMillis + 1);
    return QueueId.of(lastMillis, (process << COUNTER_BITS) | counter);
  }

  private void startMillisecond(long millis) {
    lastMillis = millis;
    counter = 0;
  }
}
