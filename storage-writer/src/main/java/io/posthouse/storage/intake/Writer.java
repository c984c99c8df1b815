package io.posthouse.storage.intake;

import java.time.Duration;
import java.util.List;

/// Takes one batch of its lanes after the other. When something does not work it waits, longer each
/// time, and what it could not store waits in its lanes.
final class Writer implements Runnable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Lanes lanes;
  private final Lanes.Most most;
  private final Obedience obedience;
  private final Suspicion suspicion;
  private final Work work;
  private Duration pause = FIRST_PAUSE;

  Writer(Lanes lanes, Lanes.Most most, Obedience obedience, Suspicion suspicion, Work work) {
    this.lanes = lanes;
    this.most = most;
    this.obedience = obedience;
    this.suspicion = suspicion;
    this.work = work;
  }

  /// What is done with a batch.
  @FunctionalInterface
  interface Work {
    /// Answers with what is to be tried again.
    List<Waiting> on(List<Waiting> batch) throws InterruptedException;
  }

  @Override
  public void run() {
    try {
      for (var batch = lanes.next(most); !batch.isEmpty(); batch = lanes.next(most)) write(batch);
    } catch (InterruptedException closed) {
      // What is not settled will be taken again.
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Waiting> batch) throws InterruptedException {
    var left = batch;
    try {
      // What was ordered while it waited.
      left = obedience.obey(batch, obedience.known());
      if (!left.isEmpty()) left = work.on(left);
      // And while it was tried: it may have to wait long now.
      left = obedience.obey(left, obedience.known());
    } catch (RuntimeException | Error bug) {
      // Whatever it is, it ends no writer: nobody starts another, and the next would take the same.
      left =
          suspicion.after(bug, left, "at work on " + left.size() + " messages", "cannot be taken");
    } finally {
      lanes.giveBack(batch, left);
    }
    if (left.isEmpty()) {
      pause = FIRST_PAUSE;
      return;
    }
    Thread.sleep(pause);
    var twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
