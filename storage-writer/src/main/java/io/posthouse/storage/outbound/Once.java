package io.posthouse.storage.outbound;

import io.posthouse.message.QueueId;
import io.posthouse.queue.DurableQueue.Closed;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Makes a message that follows from another, if that was not done before: one at a time where the
/// same record is in hand twice, and never again once the log has it.
final class Once {
  private static final int STRIPES = 64;

  private final SentLog log;
  private final List<ReentrantLock> turns =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

  Once(SentLog log) {
    this.log = log;
  }

  /// What makes the message.
  interface Making {
    void run() throws IOException, Closed;
  }

  void run(QueueId made, Making making) throws IOException, Closed {
    var turn = turns.get(Math.floorMod(made.hashCode(), STRIPES));
    turn.lock();
    try {
      if (log.isDone(made)) return;
      making.run();
      log.done(made);
    } finally {
      turn.unlock();
    }
  }
}
