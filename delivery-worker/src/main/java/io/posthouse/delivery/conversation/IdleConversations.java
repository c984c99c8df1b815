package io.posthouse.delivery.conversation;

import io.posthouse.outcome.MxHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Conversations between two messages, the latest first: so those that are not needed grow old.
final class IdleConversations {
  private record Where(MxHost mx, Approach approach) {}

  private record Parked(Conversation conversation, long until) {}

  private final Map<Where, Deque<Parked>> parked = new HashMap<>();
  private boolean closed;

  synchronized Optional<Conversation> take(MxHost mx, Approach approach) {
    var where = new Where(mx, approach);
    var waiting = parked.get(where);
    if (waiting == null) return Optional.empty();
    var latest = waiting.pop();
    if (waiting.isEmpty()) parked.remove(where);
    return Optional.of(latest.conversation());
  }

  void park(Conversation conversation, Reuse reuse) {
    if (!keep(conversation, reuse)) {
      var _ = dismiss(List.of(conversation));
    }
  }

  /// Takes leave of those that waited too long; nobody waits for the hosts to say goodbye.
  void dismissStale() {
    var _ = dismiss(removeStale(System.nanoTime()));
  }

  /// Takes leave of all, and keeps none from now on.
  ///
  /// @param patience for the hosts to say goodbye
  void close(Duration patience) throws InterruptedException {
    List<Conversation> all;
    synchronized (this) {
      closed = true;
      all = parked.values().stream().flatMap(Deque::stream).map(Parked::conversation).toList();
      parked.clear();
    }
    for (var leaving : dismiss(all)) leaving.join(patience);
  }

  /// Whether one waits at a host.
  synchronized boolean isThere(String name, int port) {
    return parked.keySet().stream()
        .anyMatch(where -> where.mx().name().equals(name) && where.mx().port() == port);
  }

  synchronized int size() {
    return parked.values().stream().mapToInt(Deque::size).sum();
  }

  private synchronized boolean keep(Conversation conversation, Reuse reuse) {
    var where = new Where(conversation.mx(), conversation.approach());
    var waiting = parked.getOrDefault(where, new ArrayDeque<>());
    if (closed
        || conversation.isUsedUp()
        || conversation.transactions() >= reuse.messages()
        || waiting.size() >= reuse.perHost()) return false;
    waiting.push(new Parked(conversation, System.nanoTime() + reuse.idle().toNanos()));
    parked.put(where, waiting);
    return true;
  }

  private synchronized List<Conversation> removeStale(long nanoTime) {
    var stale = new ArrayList<Conversation>();
    for (var waiting : parked.values()) {
      waiting.removeIf(one -> one.until() - nanoTime < 0 && stale.add(one.conversation()));
    }
    parked.values().removeIf(Deque::isEmpty);
    return stale;
  }

  private static List<Thread> dismiss(List<Conversation> conversations) {
    return conversations.stream()
        .map(conversation -> Thread.ofVirtual().name("delivery-quit").start(conversation::quit))
        .toList();
  }
}
