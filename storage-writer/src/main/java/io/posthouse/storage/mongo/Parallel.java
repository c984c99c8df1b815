package io.posthouse.storage.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Does the same to many things at once, each on a virtual thread, a bounded number at a time.
final class Parallel {
  private final Semaphore permits;

  Parallel(int atOnce) {
    this.permits = new Semaphore(atOnce);
  }

  /// Returns when all is done, whatever of it failed: nothing goes on behind the caller's back.
  ///
  /// @throws RuntimeException that of the first, in their order, that failed
  <T> void forEach(List<T> things, Consumer<T> work) {
    if (things.size() == 1) {
      work.accept(things.getFirst());
      return;
    }
    var running = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      things.forEach(thing -> running.add(threads.submit(() -> permitted(thing, work))));
    }
    running.forEach(Parallel::rethrow);
  }

  private <T> void permitted(T thing, Consumer<T> work) {
    permits.acquireUninterruptibly();
    try {
      work.accept(thing);
    } finally {
      permits.release();
    }
  }

  private static void rethrow(Future<?> ended) {
    if (ended.state() != Future.State.FAILED) return;
    if (ended.exceptionNow() instanceof RuntimeException e) throw e;
    throw new IllegalStateException(ended.exceptionNow());
  }
}
