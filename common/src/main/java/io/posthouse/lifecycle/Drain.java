package io.posthouse.lifecycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// One service's drain, in a thread of its own: one that forgets its deadline must not cost the
/// others theirs.
record Drain(Service service, Watcher watcher) {

  /// Whether the service finished what it held before the deadline.
  boolean within(Duration left) {
    if (!left.isPositive()) return false;
    var finished = new AtomicBoolean();
    var drain =
        Thread.ofVirtual().name("drain " + service.name()).start(() -> finished.set(drained(left)));
    try {
      return drain.join(left) && finished.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean drained(Duration left) {
    try {
      service.drain(left);
      return true;
    } catch (RuntimeException e) {
      watcher.failed(service, e);
      return false;
    }
  }
}
