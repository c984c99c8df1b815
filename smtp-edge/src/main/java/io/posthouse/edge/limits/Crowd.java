package io.posthouse.edge.limits;

import java.util.concurrent.ConcurrentHashMap;

/// How many of each key are here at the same time. Holds what is here, and nothing of those who
/// have gone.
final class Crowd {
  private final int most;
  private final ConcurrentHashMap<Long, Integer> present = new ConcurrentHashMap<>();

  Crowd(int most) {
    this.most = most;
  }

  /// Whether one more may come; whoever may has to [#leave].
  boolean enter(long key) {
    if (present.merge(key, 1, Integer::sum) <= most) return true;
    leave(key);
    return false;
  }

  void leave(long key) {
    present.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Keys of which at least one is here.
  int size() {
    return present.size();
  }
}
