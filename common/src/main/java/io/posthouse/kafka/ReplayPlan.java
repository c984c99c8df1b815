package io.posthouse.kafka;

import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which part of the log is put into the queue again.
///
/// @param from when the first of it was written, by the broker's clock
/// @param to up to when, not included
/// @param also recipients who would be left out else
/// @param issued when it was asked for; ages in the filter count up to here
public record ReplayPlan(
    Source source, Instant from, Instant to, QueueFilter filter, Set<Also> also, Instant issued) {
  /// Whose mail.
  public enum Source {
    LOCAL,
    REMOTE
  }

  /// Recipients who get it only if an operator says so.
  public enum Also {
    /// Those whose hosts have taken it. Local mail is stored once in any case.
    DELIVERED,
    /// Those for whom an operator has returned or dropped it.
    GIVEN_UP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public ReplayPlan {
    also = Set.copyOf(also);
    if (!from.isBefore(to))
      throw new IllegalArgumentException("span: " + from + " to " + to + " (expected: some time)");
  }

  /// What is read: what was accepted, and what came to its readers another way.
  List<String> topics(Topics topics) {
    return switch (source) {
      case LOCAL -> List.of(topics.local(), topics.localDue());
      case REMOTE -> List.of(topics.remote(), topics.remoteDue());
    };
  }

  /// As an operator would say it.
  public String text() {
    var kind = source.name().toLowerCase(Locale.ROOT);
    var others = also.stream().sorted().map(one -> ", even " + one).collect(Collectors.joining());
    return kind + " from " + from + " to " + to + ", " + filter.text() + others;
  }
}
