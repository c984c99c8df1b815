package io.posthouse.kafka;

import io.posthouse.message.Octets;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.DeadLetters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Remembers what was buried, after refusing as often as it is told to.
final class RecordingDeadLetters implements DeadLetters {
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals;

  RecordingDeadLetters(int refusals) {
    this.refusals = new AtomicInteger(refusals);
  }

  record Letter(RecordPosition origin, Octets record, String reason) {}

  @Override
  public CompletionStage<Burial> bury(RecordPosition origin, Octets record, String reason) {
    if (refusals.getAndDecrement() > 0) {
      return CompletableFuture.completedFuture(new Burial.NotBuried("told to"));
    }
    letters.add(new Letter(origin, record, reason));
    return CompletableFuture.completedFuture(new Burial.Buried());
  }

  List<Letter> letters() {
    return List.copyOf(letters);
  }
}
