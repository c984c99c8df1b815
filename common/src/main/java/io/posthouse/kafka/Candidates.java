package io.posthouse.kafka;

import io.posthouse.message.Digests;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Recipients whose mail may be sent again, and what is known of each. So many are in memory at a
/// time, each as 64 bits of a hash: of a million recipients one is taken for another, and not sent
/// to again, once in thirty thousand replays.
final class Candidates {
  static final int MOST = 300_000;

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

  private final Map<Long, State> states = new HashMap<>();

  void add(Envelope envelope) {
    for (var to : envelope.recipients())
      states.putIfAbsent(key(envelope.queueId(), to.address().toString()), State.ENDED);
  }

  boolean isFull() {
    return states.size() >= MOST;
  }

  boolean isEmpty() {
    return states.isEmpty();
  }

  /// Takes note of one, if it is among them. What is in the queue is left there, whoever has it.
  void mark(QueueId queueId, String to, State state) {
    states.computeIfPresent(key(queueId, to), (_, was) -> was == State.QUEUED ? was : state);
  }

  State of(QueueId queueId, String to) {
    return states.getOrDefault(key(queueId, to), State.ENDED);
  }

  private static long key(QueueId queueId, String to) {
    var text = queueId.text() + "\n" + to;
    return ByteBuffer.wrap(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
        .getLong();
  }
}
