package io.posthouse.ops.queue;

import io.posthouse.kafka.QueueScanner;
import io.posthouse.ops.cli.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/// Tells on standard error how far a long work is: at a terminal in one line that changes,
/// elsewhere in a line now and then.
public final class ScanProgress implements QueueScanner.Progress, AutoCloseable {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final long every;
  private long last = System.nanoTime();
  private boolean shown;

  /// Of a command that prints nothing until the work is done.
  public ScanProgress(PrintWriter err) {
    this(err, err);
  }

  /// Of a command that prints rows meanwhile, each after [#clear].
  public ScanProgress(PrintWriter out, PrintWriter err) {
    this(out, err, Terminal.find().isPresent());
  }

  ScanProgress(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    every = terminal ? TimeUnit.MILLISECONDS.toNanos(200) : TimeUnit.SECONDS.toNanos(5);
  }

  @Override
  public void at(long done, long total) {
    at("%,d of %,d records".formatted(done, total));
  }

  /// The same, in other words.
  void at(String where) {
    if (System.nanoTime() - last < every) return;
    last = System.nanoTime();
    show(where);
  }

  void show(String where) {
    // Rows that are not yet at the terminal belong above.
    out.flush();
    clear();
    err.print(where);
    if (!terminal) err.println();
    err.flush();
    shown = true;
  }

  /// Makes way for what is printed next.
  public void clear() {
    if (!shown || !terminal) return;
    err.print("\r" + " ".repeat(60) + "\r");
    err.flush();
    shown = false;
  }

  /// Leaves nothing of it at a terminal, and all rows there, wherever the work broke off.
  @Override
  public void close() {
    clear();
    out.flush();
  }
}
