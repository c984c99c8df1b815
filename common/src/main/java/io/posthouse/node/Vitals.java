package io.posthouse.node;

/// What a process knows of itself; answers from what is known, and waits for nothing.
public interface Vitals {
  Identity who();

  NodeState state();

  /// Why it is not ready; empty where it is.
  String trouble();

  Work work();
}
