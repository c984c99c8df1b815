package io.posthouse.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  @Test
  void whoever_returns_has_its_change_in_a_commit() throws Exception {
    var changed = new AtomicInteger();
    var committed = new AtomicInteger();
    var commits = new GroupCommit(() -> committed.set(changed.get()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<Boolean>>();
      for (var i = 0; i < 10_000; i++) {
        waiting.add(
            threads.submit(() -> {
              var mine = changed.incrementAndGet();
              commits.await();
              return committed.get() >= mine;
            }));
      }
      for (var each : waiting) assertTrue(each.get());
    }
  }

  @Test
  void all_who_come_during_a_commit_share_the_next() throws Exception {
    var begun = new CountDownLatch(1);
    var proceed = new CountDownLatch(1);
    var count = new AtomicInteger();
    var commits =
        new GroupCommit(() -> {
          begun.countDown();
          awaitQuietly(proceed);
          count.incrementAndGet();
        });
    try (var threads = Executors.newCachedThreadPool()) {
      var first = threads.submit(commits::await);
      begun.await();
      var others = new ArrayList<Thread>();
      for (var i = 0; i < 8; i++) others.add(Thread.ofPlatform().start(commits::await));
      for (var other : others) awaitWaiting(other);
      proceed.countDown();
      first.get();
      for (var other : others) other.join();
    }
    assertEquals(2, count.get());
  }

  @Test
  void after_a_commit_that_failed_nobody_is_told_that_all_is_well() {
    var commits =
        new GroupCommit(() -> {
          throw new IllegalStateException("disk full");
        });
    assertThrows(IllegalStateException.class, commits::await);
    var later = assertThrows(IllegalStateException.class, commits::await);
    assertTrue(String.valueOf(later.getCause()).contains("disk full"));
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
