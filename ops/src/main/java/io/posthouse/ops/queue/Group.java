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
  private long inFlight;
  private long nextDue = Long.MAX_VALUE;

  void add(Place place, Age age, Optional<Instant> due) {
    places.merge(place, 1L, Long::sum);
    ages.merge(age, 1L, Long::sum);
    if (place == Place.DEFERRED)
      nextDue = Math.min(nextDue, due.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
  }

  /// One of those that were added is in somebody's hands.
  void isInFlight() {
    inFlight++;
  }

  /// Takes in what another has.
  void add(Group other) {
    other.places.forEach((place, count) -> places.merge(place, count, Long::sum));
    other.ages.forEach((age, count) -> ages.merge(age, count, Long::sum));
    inFlight += other.inFlight;
    nextDue = Math.min(nextDue, other.nextDue);
  }

  long total() {
    return places.values().stream().mapToLong(count -> count).sum();
  }

  long in(Place place) {
    return places.getOrDefault(place, 0L);
  }

  /// With the workers: on its first way or due again, and waiting for its turn.
  long waiting() {
    return in(Place.FIRST) + in(Place.SPLIT) + in(Place.DUE) - inFlight;
  }

  /// Being delivered or stored.
  long inFlight() {
    return inFlight;
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
