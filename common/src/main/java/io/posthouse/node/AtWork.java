package io.posthouse.node;

/// A part of a process that has mail in hand, and tells of it.
@FunctionalInterface
public interface AtWork {
  /// What it has in hand now; answers from what is known, waits for nothing, and names no more of
  /// each than [#NAMED].
  Work work();

  /// So many of each are told by name at most.
  int NAMED = 2_000;
}
