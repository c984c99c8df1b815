package io.posthouse.edge.limits;

import java.util.concurrent.atomic.AtomicInteger;

/// How many sessions this node bears at a time. Safe for many threads.
public final class Capacity {
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  public Capacity(int most) {
    this.most = most;
  }

  /// Whether there is room for one more, which then has to be given back.
  public boolean take() {
    if (taken.incrementAndGet() <= most) return true;
    give();
    return false;
  }

  public void give() {
    taken.decrementAndGet();
  }

  /// How much of it is taken, from 0 to 1.
  public double share() {
    return (double) taken.get() / most;
  }
}
