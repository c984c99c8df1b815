package io.posthouse.kafka;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Steps of one partition that are not done yet, in order.
final class PipePartition {
  private final Deque<PipeRule.Step> pending = new ArrayDeque<>();
  private long committed;
  private long polledTo;

  PipePartition(long from) {
    committed = from;
    polledTo = from;
  }

  void polled(List<PipeRule.Step> steps, long nextOffset) {
    pending.addAll(steps);
    polledTo = nextOffset;
  }

  int pending() {
    return pending.size();
  }

  /// When the next step may be done; empty where there is none.
  Optional<Instant> due() {
    return Optional.ofNullable(pending.peek()).map(PipeRule.Step::due);
  }

  /// Moves to `batch` what is due and fits.
  void drainDue(Instant now, List<PipeRule.Step> batch, int most) {
    while (batch.size() < most && due().filter(due -> !due.isAfter(now)).isPresent()) {
      batch.add(pending.remove());
    }
  }

  /// What of this partition is not done begins here; passed over are markers of transactions, too.
  long next() {
    return pending.isEmpty() ? polledTo : pending.element().offset();
  }

  boolean isChanged() {
    return next() != committed;
  }

  void committed(long offset) {
    committed = offset;
  }
}
