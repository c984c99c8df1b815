package io.posthouse.lifecycle;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Waiting that ends, whatever it waits for.
public final class AtMost {
  private AtMost() {}

  /// What `work` answers; empty if that takes longer than `limit`: it is interrupted then, on the
  /// virtual thread of its own that it has, and whatever it does still is of no more consequence.
  public static <T> Optional<T> of(Duration limit, Supplier<T> work) {
    var task = new FutureTask<>(work::get);
    Thread.ofVirtual().start(task);
    try {
      return Optional.of(task.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      task.cancel(true);
      return Optional.empty();
    } catch (InterruptedException _) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException(e.getCause());
    }
  }
}
