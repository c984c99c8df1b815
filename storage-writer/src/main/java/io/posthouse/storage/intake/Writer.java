package io.posthouse.storage.intake;

import java.time.Duration;
import java.util.List;

/// Takes one batch after the other. When something does not work it waits, longer each time, and
/// what it could not store waits in its lanes.
final class Writer implements Runnable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Lanes lanes;
  private final Lanes.Most most;
  private final Batches batches;
  private Duration pause = FIRST_PAUSE;

  Writer(Lanes lanes, Lanes.Most most, Batches batches) {
    this.lanes = lanes;
    this.most = most;
    this.batches = batches;
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
      left = batches.store(batch);
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
