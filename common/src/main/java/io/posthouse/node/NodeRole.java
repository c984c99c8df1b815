package io.posthouse.node;

import java.util.Locale;

/// What a process does; one may do several.
public enum NodeRole {
  EDGE,
  DELIVER,
  STORE;

  /// As the command that runs it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
