package io.posthouse.embedded;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Makes changes durable, many at a time: whoever comes first commits for all who wait by then; who
/// comes meanwhile waits for the next commit.
final class GroupCommit {
  private final Runnable commit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition committed = lock.newCondition();
  private long asked;
  private long durable;
  private boolean busy;
  private @Nullable RuntimeException failure;

  GroupCommit(Runnable commit) {
    this.commit = commit;
  }

  /// Returns once everything the caller changed before is committed.
  ///
  /// @throws RuntimeException what the commit threw, to everybody from then on: what is on disk is
  ///   no longer known
  void await() {
    lock.lock();
    try {
      var mine = ++asked;
      while (durable < mine) {
        if (failure != null) throw new IllegalStateException("an earlier commit failed", failure);
        if (busy) committed.awaitUninterruptibly();
        else commitForAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void commitForAll() {
    var all = asked;
    busy = true;
    lock.unlock();
    RuntimeException thrown = null;
    try {
      commit.run();
    } catch (RuntimeException e) {
      thrown = e;
    }
    lock.lock();
    busy = false;
    if (thrown == null) durable = all;
    else failure = thrown;
    committed.signalAll();
  }
}
