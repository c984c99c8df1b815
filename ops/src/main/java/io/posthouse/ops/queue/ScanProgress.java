package io.posthouse.ops.queue;

import io.posthouse.kafka.QueueScanner;
import io.posthouse.ops.cli.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/// Tells on standard error how far a long scan is: at a terminal in one line that changes,
/// elsewhere in a line now and then.
public final class ScanProgress implements QueueScanner.Progress, AutoCloseable {
  private final PrintWriter err;
  private final boolean terminal;
  private final long every;
  private long last = System.nanoTime();
  private boolean shown;

  public ScanProgress(PrintWriter err) {
    this.err = err;
    terminal = Terminal.find().isPresent();
    every = terminal ? TimeUnit.MILLISECONDS.toNanos(200) : TimeUnit.SECONDS.toNanos(5);
  }

  @Override
  public void at(long done, long total) {
    if (System.nanoTime() - last < every) return;
    last = System.nanoTime();
    shown = true;
    err.print((terminal ? "\r" : "") + "%,d of %,d records".formatted(done, total));
    if (!terminal) err.println();
    err.flush();
  }

  /// Leaves nothing of it at a terminal.
  @Override
  public void close() {
    if (shown && terminal) err.print("\r" + " ".repeat(60) + "\r");
    err.flush();
  }
}
