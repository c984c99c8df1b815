package io.posthouse.queue;

import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which messages an operator means: those for which all criteria hold.
///
/// A record of the queue is for one destination, save in `split`: a filter that matches a record
/// there matches the whole message.
public record QueueFilter(List<Criterion> criteria) {
  /// Asks nothing of a message, and so means every one.
  public static final QueueFilter EVERYTHING = new QueueFilter(List.of());

  public QueueFilter {
    criteria = List.copyOf(criteria);
  }

  public static QueueFilter of(Criterion... criteria) {
    return new QueueFilter(List.of(criteria));
  }

  /// Whether it means this message.
  ///
  /// @param now age counts up to here: for an order, when it was given, so that whoever decides
  ///   later decides the same
  public boolean matches(Envelope envelope, Instant now) {
    return criteria.stream().allMatch(criterion -> criterion.matches(envelope, now));
  }

  /// Whether it means every message: nothing an operator should do by mistake.
  public boolean isEverything() {
    return criteria.isEmpty();
  }

  /// The only message it can mean, where it names one.
  public Optional<QueueId> only() {
    return criteria.stream()
        .flatMap(
            criterion -> criterion instanceof Criterion.Id(var id) ? Stream.of(id) : Stream.empty())
        .findFirst();
  }

  /// As an operator would say it.
  public String text() {
    return isEverything()
        ? "everything"
        : criteria.stream().map(Criterion::text).collect(Collectors.joining(", "));
  }
}
