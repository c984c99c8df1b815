package io.posthouse.kafka;

import io.posthouse.message.QueueId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Messages of which something is to be kept that is not durable yet. Safe from any thread.
final class Unkept {
  private final Map<QueueId, Open> open = new ConcurrentHashMap<>();

  /// @param none completes when nothing is left
  private record Open(int events, CompletableFuture<Void> none) {
    Open more() {
      return new Open(events + 1, none);
    }

    Open less() {
      return new Open(events - 1, none);
    }
  }

  /// Something more of this message is on its way.
  void add(QueueId message) {
    open.merge(message, new Open(1, new CompletableFuture<>()), (there, _) -> there.more());
  }

  /// Something of it has arrived, or never will; once for each that was added.
  void remove(QueueId message) {
    var none = none(message);
    var left = open.computeIfPresent(message, (_, it) -> it.events() == 1 ? null : it.less());
    if (left == null) none.complete(null);
  }

  /// Completes when nothing of it is on its way.
  CompletionStage<Void> kept(QueueId message) {
    return none(message).minimalCompletionStage();
  }

  int messages() {
    return open.size();
  }

  int events() {
    return open.values().stream().mapToInt(Open::events).sum();
  }

  private CompletableFuture<Void> none(QueueId message) {
    var there = open.get(message);
    return there == null ? CompletableFuture.completedFuture(null) : there.none();
  }
}
