package io.posthouse.kafka;

import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent.DependencyDown;
import io.posthouse.telemetry.MailEvent.DependencyUp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether Kafka takes what we send, and since when not. Records an event when that changes, and
/// none when it changes again within ten seconds.
final class Pulse {
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Events events;
  private volatile Instant lastBeat = Instant.EPOCH;
  private volatile @Nullable Trouble trouble;
  private @Nullable Instant told;

  Pulse(InstantSource clock, Events events) {
    this.clock = clock;
    this.events = events;
    this.trouble = new Trouble(clock.instant(), "not reached yet", false);
  }

  /// @param told whether an event has said so
  private record Trouble(Instant since, String why, boolean told) {}

  /// Kafka has just acknowledged something.
  void beat() {
    lastBeat = clock.instant();
    if (trouble != null) recover();
  }

  /// Kafka has not taken something.
  synchronized void failed(String why) {
    var before = trouble;
    var since = before == null ? clock.instant() : before.since();
    var toldBefore = before != null && before.told();
    var tells = !toldBefore && mayTell();
    trouble = new Trouble(since, why, toldBefore || tells);
    if (tells) events.record(new DependencyDown(Dependency.KAFKA, why));
  }

  /// Why no mail can be taken now; empty where it can, as far as we know.
  Optional<String> trouble() {
    return Optional.ofNullable(trouble)
        .map(now -> "Kafka takes no mail since " + now.since() + ": " + now.why());
  }

  /// When Kafka last acknowledged something.
  Instant lastBeat() {
    return lastBeat;
  }

  private synchronized void recover() {
    var over = trouble;
    trouble = null;
    if (over != null && over.told())
      events.record(
          new DependencyUp(Dependency.KAFKA, Duration.between(over.since(), clock.instant())));
  }

  private boolean mayTell() {
    var now = clock.instant();
    if (told != null && Duration.between(told, now).compareTo(QUIET) < 0) return false;
    told = now;
    return true;
  }
}
