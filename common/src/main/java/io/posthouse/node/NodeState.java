package io.posthouse.node;

import java.util.Locale;

/// What a process is at. Only `READY` does all of its work.
public enum NodeState {
  STARTING,
  READY,
  /// It runs, and something that it needs does not.
  NOT_READY,
  DRAINING,
  /// It has said goodbye.
  STOPPED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
