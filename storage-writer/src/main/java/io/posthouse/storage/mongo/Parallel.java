package io.posthouse.storage.mongo;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Does the same to many things at once, each on a virtual thread, a bounded number at a time.
final class Parallel implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits;

  Parallel(int atOnce) {
    this.permits = new Semaphore(atOnce);
  }

  /// Returns when all is done.
  ///
  /// @throws RuntimeException that of the first, in their order, that failed
  <T> void forEach(List<T> things, Consumer<T> work) {
    if (things.size() == 1) {
      work.accept(things.getFirst());
      return;
    }
    List<? extends Future<?>> running =
        things.stream().map(thing -> threads.submit(() -> permitted(thing, work))).toList();
    // All of them first: nothing may go on behind the caller's back after a failure.
    running.forEach(Parallel::await);
    running.forEach(Parallel::rethrow);
  }

  @Override
  public void close() {
    threads.close();
  }

  private <T> void permitted(T thing, Consumer<T> work) {
    permits.acquireUninterruptibly();
    try {
      work.accept(thing);
    } finally {
      permits.release();
    }
  }

  private static void await(Future<?> one) {
    var interrupted = false;
    while (!one.isDone()) {
      try {
        one.get();
      } catch (ExecutionException _) {
        // Looked at when all have ended.
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private static void rethrow(Future<?> one) {
    switch (one.state()) {
      case FAILED -> {
        if (one.exceptionNow() instanceof RuntimeException e) throw e;
        throw new IllegalStateException(one.exceptionNow());
      }
      case RUNNING, SUCCESS, CANCELLED -> {}
    }
  }
}
