package io.posthouse.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/// Between those who log and the one thread that writes: nobody waits for a disk or a pipe. If the
/// writer is that far behind, lines are dropped and counted; mail goes on.
public final class LogQueue extends AsyncAppender {
  private static final int LONGEST = 16_384;

  private final LongAdder dropped = new LongAdder();

  public LogQueue() {
    setQueueSize(LONGEST);
    setDiscardingThreshold(0);
    setNeverBlock(true);
  }

  long dropped() {
    return dropped.sum();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (getRemainingCapacity() == 0) dropped.increment();
    else super.append(event);
  }
}
