package io.posthouse.edge.intake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Chunks on their way to the queue, of all messages together. While it is full, nobody fills
/// another: what the queue cannot hold it would have to refuse, and a whole message with it.
final class UploadWindow {
  private final long limit;
  private final AtomicLong underWay = new AtomicLong();
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  /// @param limit octets; exceeded by a chunk for each thread at most
  UploadWindow(long limit) {
    this.limit = limit;
  }

  /// Octets on their way now.
  long underWay() {
    return underWay.get();
  }

  void begin(long octets) {
    underWay.addAndGet(octets);
  }

  void end(long octets) {
    underWay.addAndGet(-octets);
    for (var next = nextToGoOn(); next != null; next = nextToGoOn()) next.run();
  }

  /// Whether another chunk may set out.
  ///
  /// @param goOn called on some thread when one may, if none may now
  synchronized boolean isOpen(Runnable goOn) {
    if (underWay.get() < limit) return true;
    if (!waiting.contains(goOn)) waiting.add(goOn);
    // What has ended just before may not have seen that somebody waits.
    return underWay.get() < limit;
  }

  /// When another chunk may set out.
  CompletionStage<Void> open() {
    var opened = new CompletableFuture<Void>();
    if (isOpen(() -> opened.complete(null))) opened.complete(null);
    return opened;
  }

  private synchronized @Nullable Runnable nextToGoOn() {
    return underWay.get() < limit ? waiting.poll() : null;
  }
}
