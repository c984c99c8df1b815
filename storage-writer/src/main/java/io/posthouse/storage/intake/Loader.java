package io.posthouse.storage.intake;

import io.posthouse.queue.ContentStore;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.storage.mailbox.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/// Fetches the contents of a batch, all at once.
final class Loader implements AutoCloseable {
  private final ContentStore contents;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Loader(ContentStore contents) {
    this.contents = contents;
  }

  sealed interface Loaded {
    record Ready(Delivery delivery) implements Loaded {}

    /// It is not retained any longer.
    record Gone(String why) implements Loaded {}

    /// The queue does not answer.
    record NotNow(String why) implements Loaded {}

    /// What nobody foresaw, an [Error] perhaps.
    record Fault(Throwable bug) implements Loaded {}
  }

  /// One answer for each message, in their order.
  ///
  /// @throws InterruptedException if this is closed, too
  List<Loaded> load(List<Waiting> batch) throws InterruptedException {
    try {
      return threads.invokeAll(batch.stream().map(message -> task(message)).toList()).stream()
          .map(Future::resultNow)
          .toList();
    } catch (RejectedExecutionException closed) {
      throw new InterruptedException("closed");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Callable<Loaded> task(Waiting message) {
    return () -> load(message);
  }

  private Loaded load(Waiting message) {
    var envelope = message.taken().envelope();
    try (var content = contents.open(envelope.queueId(), envelope.content())) {
      return new Loaded.Ready(Delivery.of(envelope, content).getFirst());
    } catch (ContentGone gone) {
      return new Loaded.Gone(String.valueOf(gone.getMessage()));
    } catch (IOException unreachable) {
      return new Loaded.NotNow(String.valueOf(unreachable.getMessage()));
    } catch (RuntimeException | Error bug) {
      return new Loaded.Fault(bug);
    }
  }
}
