package io.posthouse.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What is told to the thread of a simulated reader: while it waits, everybody else goes on.
final class SimInbox implements Inbox {
  private final SimTime time;
  private final BooleanSupplier alive;
  private final Runnable wake;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  SimInbox(SimTime time, BooleanSupplier alive, Runnable wake) {
    this.time = time;
    this.alive = alive;
    this.wake = wake;
  }

  @Override
  public void add(Runnable task) {
    tasks.add(task);
    wake.run();
  }

  @Override
  public @Nullable Runnable poll(long millis) {
    if (tasks.isEmpty() && millis > 0)
      time.passUntil(Duration.ofMillis(millis), () -> !tasks.isEmpty() || !alive.getAsBoolean());
    if (!alive.getAsBoolean()) throw new SimCrash();
    return tasks.poll();
  }

  @Override
  public long nanoTime() {
    return time.nanos();
  }
}
