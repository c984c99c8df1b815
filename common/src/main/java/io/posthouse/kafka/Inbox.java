package io.posthouse.kafka;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What others have for the reader's thread to do, and the time by which that thread waits for it.
interface Inbox {
  /// From any thread.
  void add(Runnable task);

  /// The next task; null if there is none for so long.
  @Nullable Runnable poll(long millis) throws InterruptedException;

  /// As [System#nanoTime()].
  long nanoTime();

  /// In real time.
  static Inbox real() {
    return new Real(new LinkedBlockingQueue<>());
  }

  /// A queue, and the clock of this machine.
  record Real(BlockingQueue<Runnable> tasks) implements Inbox {
    @Override
    public void add(Runnable task) {
      tasks.add(task);
    }

    @Override
    public @Nullable Runnable poll(long millis) throws InterruptedException {
      return tasks.poll(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }
  }
}
