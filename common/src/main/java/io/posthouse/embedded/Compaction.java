package io.posthouse.embedded;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Gives back, little by little, the room that rewritten pages take in the file.
final class Compaction implements AutoCloseable {
  private static final int FILL_PERCENT = 70;
  private static final int BYTES_A_TURN = 8 * 1024 * 1024;
  private static final int MILLIS_BETWEEN_TURNS = 1000;

  private final DocumentStore store;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Compaction(DocumentStore store) {
    this.store = store;
  }

  static Compaction of(DocumentStore store) {
    var compaction = new Compaction(store);
    Thread.ofPlatform().daemon().name("mongo-compaction").start(compaction::run);
    return compaction;
  }

  @Override
  public void close() {
    stopped.countDown();
  }

  private void run() {
    try {
      while (!stopped.await(MILLIS_BETWEEN_TURNS, TimeUnit.MILLISECONDS)) {
        store.compact(FILL_PERCENT, BYTES_A_TURN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
