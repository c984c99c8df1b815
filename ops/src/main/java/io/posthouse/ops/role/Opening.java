package io.posthouse.ops.role;

import io.posthouse.lifecycle.Service;
import java.time.Duration;
import java.util.Optional;

/// Starts after all roles and drains before them: only in between does a node say that it is ready.
/// The page that says so is served earlier and longer.
final class Opening implements Service {
  private volatile Phase phase = Phase.BEFORE;

  /// What a node is at: not open yet, open for work, or open no longer.
  enum Phase {
    BEFORE,
    OPEN,
    AFTER
  }

  Phase phase() {
    return phase;
  }

  /// Why no work is taken now.
  Optional<String> trouble() {
    return switch (phase) {
      case BEFORE -> Optional.of("starting");
      case OPEN -> Optional.empty();
      case AFTER -> Optional.of("stopping");
    };
  }

  @Override
  public String name() {
    return "opening";
  }

  @Override
  public void start() {
    phase = Phase.OPEN;
  }

  @Override
  public void drain(Duration deadline) {
    phase = Phase.AFTER;
  }

  @Override
  public void close() {
    phase = Phase.AFTER;
  }
}
