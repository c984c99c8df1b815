package io.posthouse.kafka;

import io.posthouse.kafka.PipeRule.Errand;
import io.posthouse.kafka.PipeRule.Step;
import io.posthouse.kafka.PipeRule.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Errands of one partition that are under way: begun when they are due, some at a time, and nobody
/// waits for them. What one brings is kept while the partition is swept, for only what is made of
/// it depends on directives.
final class Errands {
  static final int MOST = 16;
  static final Duration PAUSE = Duration.ofSeconds(30);

  private final Map<Long, CompletableFuture<Renewals.Answer>> begun = new HashMap<>();
  private Instant nextTry = Instant.MIN;

  /// The same tasks, of which no errand is due after one behind it, for nothing passes another:
  /// what is held may be older than what was held before it.
  static List<Task> inTime(List<? extends Task> tasks) {
    var inTime = new ArrayList<Task>();
    var latest = Instant.MAX;
    for (var task : tasks.reversed()) {
      switch (task) {
        case Step step -> inTime.add(step);
        case Errand errand -> {
          var sooner = errand.by(latest);
          latest = sooner.due();
          inTime.add(sooner);
        }
      }
    }
    return inTime.reversed();
  }

  /// Begins those that are due.
  ///
  /// @param tasks in the order of their due times
  void begin(Iterable<Task> tasks, Instant now) {
    if (now.isBefore(nextTry)) return;
    for (var task : tasks) {
      if (begun.size() >= MOST || task.due().isAfter(now)) return;
      switch (task) {
        case Step _ -> {}
        case Errand errand ->
            begun.computeIfAbsent(errand.offset(), _ -> errand.begin().get().toCompletableFuture());
      }
    }
  }

  /// What it has come to; empty while it is under way, or has to be begun anew after a pause.
  Optional<Step> outcome(Errand errand, Instant now) {
    var answer = begun.get(errand.offset());
    if (answer == null || !answer.isDone()) return Optional.empty();
    begun.remove(errand.offset());
    var step = errand.outcome().apply(answer.join());
    if (step.isEmpty()) nextTry = now.plus(PAUSE);
    return step;
  }

  /// When there is something to do about it; empty while it is under way.
  Optional<Instant> due(Errand errand) {
    var answer = begun.get(errand.offset());
    if (answer != null) return answer.isDone() ? Optional.of(errand.due()) : Optional.empty();
    return Optional.of(errand.due().isBefore(nextTry) ? nextTry : errand.due());
  }

  /// Nobody asks for what lies before this offset again.
  void passed(long next) {
    begun.keySet().removeIf(offset -> offset < next);
  }
}
