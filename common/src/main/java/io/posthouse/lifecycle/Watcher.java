package io.posthouse.lifecycle;

import java.time.Duration;

/// Hears how the parts of a process come and go. Must not throw.
public interface Watcher {
  /// It works.
  void started(Service service, Duration took);

  /// It has ended.
  ///
  /// @param drained false when the deadline came first: what was held is taken up after a restart
  void stopped(Service service, boolean drained, Duration took);

  /// It could not start, or failed while it stopped.
  void failed(Service service, RuntimeException why);
}
