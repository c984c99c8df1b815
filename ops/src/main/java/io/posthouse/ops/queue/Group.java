package io.posthouse.ops.queue;

import io.posthouse.queue.Place;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How much of the queue one destination, sender or host has.
final class Group {
  private final Map<Place, Long> places = new EnumMap<>(Place.class);
  private final Map<Age, Long> ages = new EnumMap<>(Age.class);
  private long nextDue = Long.MAX_VALUE;

  void add(Place place, Age age, Optional<Instant> due) {
    places.merge(place, 1L, Long::sum);
    ages.merge(age, 1L, Long::sum);
    if (place == Place.DEFERRED)
      nextDue = Math.min(nextDue, due.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
  }

  long total() {
    return places.values().stream().mapToLong(count -> count).sum();
  }

  long in(Place place) {
    return places.getOrDefault(place, 0L);
  }

  /// With the workers: on its first way or due again, waiting for its turn or in somebody's hands.
  long active() {
    return in(Place.FIRST) + in(Place.SPLIT) + in(Place.DUE);
  }

  long of(Age age) {
    return ages.getOrDefault(age, 0L);
  }

  /// When the first of those that wait is tried again; empty where none waits.
  Optional<Instant> nextDue() {
    return nextDue == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(nextDue));
  }
}
