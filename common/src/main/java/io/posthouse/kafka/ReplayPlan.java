package io.posthouse.kafka;

import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Which part of the log is put into the queue again.
///
/// @param from when the first of it was written, by the broker's clock
/// @param to up to when, not included
/// @param includeDelivered remote mail also for recipients whose hosts have taken it
/// @param issued when it was asked for; ages in the filter count up to here
public record ReplayPlan(
    Source source,
    Instant from,
    Instant to,
    QueueFilter filter,
    boolean includeDelivered,
    Instant issued) {
  /// Whose mail.
  public enum Source {
    LOCAL,
    REMOTE
  }

  public ReplayPlan {
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
    var delivered = includeDelivered ? ", delivered or not" : "";
    return kind + " from " + from + " to " + to + ", " + filter.text() + delivered;
  }
}
