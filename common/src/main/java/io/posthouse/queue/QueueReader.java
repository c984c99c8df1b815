package io.posthouse.queue;

import io.posthouse.lifecycle.Service;

/// A role's place in the queue: takes what is put there and remembers, over restarts and
/// rebalances, what is settled.
///
/// Memory is bounded: no more than a configured number of messages and octets is taken and not
/// settled. A drain takes no new message and waits for those taken.
public interface QueueReader extends Service {
  /// Hears of each message taken; called on the reader's own thread, which it must not hold up.
  interface Intake {
    void take(Taken taken);
  }
}
