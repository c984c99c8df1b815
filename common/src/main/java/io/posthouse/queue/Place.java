package io.posthouse.queue;

/// Where in the queue a message is.
public enum Place {
  /// On its first way: `remote`, `local`.
  FIRST,
  /// For several destinations, until it is fanned out: `split`.
  SPLIT,
  /// Due again, or fanned out: `remote.due`, `local.due`.
  DUE,
  /// Waits for its next attempt: `retry.<delay>`.
  DEFERRED,
  /// An operator holds it: `held`.
  HELD,
  /// We could not handle it: `dead`.
  DEAD
}
