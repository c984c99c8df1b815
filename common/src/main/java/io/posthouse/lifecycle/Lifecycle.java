package io.posthouse.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/// A process: starts its services in order, drains and closes them in reverse, once.
///
/// A later service may lean on an earlier one until it has stopped itself.
public final class Lifecycle {
  /// What a process is at. Only `RUNNING` takes new work.
  public enum State {
    NEW,
    STARTING,
    RUNNING,
    DRAINING,
    STOPPED
  }

  private final List<Service> services;
  private final Duration deadline;
  private final Watcher watcher;
  private final ReentrantLock turn = new ReentrantLock();
  private final Deque<Service> running = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile State state = State.NEW;
  private volatile boolean stopWanted;
  private boolean clean = true;

  /// Nothing is started yet.
  ///
  /// @param services in the order in which they start
  /// @param deadline for all drains together; what is not drained by then is closed as it is
  public Lifecycle(List<Service> services, Duration deadline, Watcher watcher) {
    this.services = List.copyOf(services);
    this.deadline = deadline;
    this.watcher = watcher;
  }

  public State state() {
    return state;
  }

  /// Starts all services. If one cannot start, those before it are stopped again.
  ///
  /// @throws RuntimeException that of the service that could not start
  public void start() {
    turn.lock();
    try {
      if (state != State.NEW)
        throw new IllegalStateException("lifecycle: " + state + " (expected: NEW)");
      state = State.STARTING;
      services.forEach(this::start);
      state = State.RUNNING;
    } catch (RuntimeException e) {
      stop();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /// Takes no new work, finishes what is held, and lets go of everything. Whoever calls it again,
  /// or meanwhile, waits for the same end.
  ///
  /// @return whether everything was drained in time
  public boolean stop() {
    stopWanted = true;
    turn.lock();
    try {
      if (state != State.STOPPED) stopAll();
      return clean;
    } finally {
      turn.unlock();
    }
  }

  /// Starts, and returns when somebody has called [#stop]. When the system wants the process to end
  /// (SIGTERM, SIGINT) it drains first and ends with exit code 0, or 1 if something was not
  /// drained.
  ///
  /// @param farewell the last thing to do then, such as writing out the log
  /// @throws InterruptedException when the calling thread is interrupted; nothing is stopped then
  public void runUntilStopped(Runnable farewell) throws InterruptedException {
    var ending = new EndOfProcess(this, farewell);
    ending.await();
    try {
      start();
      stopped.await();
    } finally {
      ending.forget();
    }
  }

  private void start(Service service) {
    if (stopWanted) throw new CannotStartException(service.name() + ": stopped while starting");
    var begin = System.nanoTime();
    try {
      service.start();
    } catch (RuntimeException e) {
      watcher.failed(service, e);
      throw e;
    }
    running.push(service);
    watcher.started(service, since(begin));
  }

  private void stopAll() {
    state = State.DRAINING;
    var begin = System.nanoTime();
    while (!running.isEmpty()) stop(running.pop(), deadline.minus(since(begin)));
    state = State.STOPPED;
    stopped.countDown();
  }

  private void stop(Service service, Duration left) {
    var begin = System.nanoTime();
    var drained = new Drain(service, watcher).within(left);
    close(service);
    clean &= drained;
    watcher.stopped(service, drained, since(begin));
  }

  private void close(Service service) {
    try {
      service.close();
    } catch (RuntimeException e) {
      // The others have to be closed all the same.
      watcher.failed(service, e);
      clean = false;
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
