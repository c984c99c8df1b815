package io.posthouse.kafka;

import io.posthouse.message.Digests;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Recipients whose mail may be sent again, and what is known of each: first all are added, then
/// they are marked. So many are in memory at a time, each as 64 bits of a hash: of a million
/// recipients one is taken for another, and not sent to again, once in thirty thousand replays.
final class Candidates {
  static final int MOST = 1_000_000;

  /// What became of a recipient.
  enum State {
    /// Nothing is known of it: if it is for another host, that host has not taken it, and nobody
    /// tries any more.
    ENDED,
    /// It is in the queue, or a dead letter.
    QUEUED,
    DELIVERED,
    /// An operator has returned or dropped the message.
    GIVEN_UP
  }

  private long[] keys = new long[1024];
  private int size;

  /// Of each key; none until the keys are in order.
  private State[] states = new State[0];

  void add(Envelope envelope) {
    if (states.length > 0) throw new IllegalStateException("added to after a mark");
    for (var to : envelope.recipients()) {
      if (size == keys.length) keys = Arrays.copyOf(keys, 2 * size);
      keys[size++] = key(envelope.queueId(), to.address().toString());
    }
  }

  boolean isFull() {
    return size >= MOST;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Takes note of one, if it is among them. What is in the queue is left there, whoever has it.
  void mark(QueueId queueId, String to, State state) {
    var found = find(queueId, to);
    if (found >= 0 && states[found] != State.QUEUED) states[found] = state;
  }

  State of(QueueId queueId, String to) {
    var found = find(queueId, to);
    return found < 0 ? State.ENDED : states[found];
  }

  /// Where its key is, always the same of several equal ones; negative where it is not.
  private int find(QueueId queueId, String to) {
    if (states.length < size) order();
    return Arrays.binarySearch(keys, 0, size, key(queueId, to));
  }

  private void order() {
    Arrays.sort(keys, 0, size);
    states = new State[size];
    Arrays.fill(states, State.ENDED);
  }

  private static long key(QueueId queueId, String to) {
    var text = queueId.text() + "\n" + to;
    return ByteBuffer.wrap(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
        .getLong();
  }
}
