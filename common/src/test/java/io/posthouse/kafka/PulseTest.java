package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.MailEvent.DependencyDown;
import io.posthouse.telemetry.MailEvent.DependencyUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PulseTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private Instant now = START;
  private final List<MailEvent> events = new ArrayList<>();
  private final Pulse pulse = new Pulse(() -> now, events::add);

  @Test
  void until_kafka_has_answered_it_takes_no_mail() {
    assertEquals(
        Optional.of("Kafka takes no mail since 2026-03-02T08:00:00Z: not reached yet"),
        pulse.trouble());
    pulse.beat();
    assertEquals(Optional.empty(), pulse.trouble());
    assertEquals(List.of(), events);
  }

  @Test
  void trouble_tells_since_when_and_the_latest_reason() {
    pulse.beat();
    after(60);
    pulse.failed("no leader");
    after(30);
    pulse.failed("time-out");
    assertEquals(
        Optional.of("Kafka takes no mail since 2026-03-02T08:01:00Z: time-out"), pulse.trouble());
  }

  @Test
  void an_outage_is_two_events_however_many_records_it_costs() {
    pulse.beat();
    for (int i = 0; i < 100; i++) pulse.failed("no leader");
    after(30);
    for (int i = 0; i < 100; i++) pulse.failed("time-out");
    after(30);
    for (int i = 0; i < 100; i++) pulse.beat();
    assertEquals(
        List.of(
            new DependencyDown(Dependency.KAFKA, "no leader"),
            new DependencyUp(Dependency.KAFKA, Duration.ofSeconds(60))),
        events);
  }

  @Test
  void one_that_comes_and_goes_is_told_every_ten_seconds() {
    for (int second = 0; second < 30; second++) {
      pulse.failed("flapping");
      pulse.beat();
      after(1);
    }
    assertEquals(3, events.stream().filter(DependencyDown.class::isInstance).count());
    assertEquals(3, events.stream().filter(DependencyUp.class::isInstance).count());
  }

  private void after(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
