package io.posthouse.ops.role;

import io.posthouse.lifecycle.Service;
import java.time.Duration;
import java.util.Optional;

/// Starts after all roles and drains before them: only in between does a node say that it is ready.
/// The page that says so is served earlier and longer.
final class Opening implements Service {
  private volatile boolean open;

  /// Why no work is taken now.
  Optional<String> trouble() {
    return open ? Optional.empty() : Optional.of("starting, or stopping");
  }

  @Override
  public String name() {
    return "opening";
  }

  @Override
  public void start() {
    open = true;
  }

  @Override
  public void drain(Duration deadline) {
    open = false;
  }

  @Override
  public void close() {
    open = false;
  }
}
