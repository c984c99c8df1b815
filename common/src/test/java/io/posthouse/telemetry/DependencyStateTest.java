package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.telemetry.MailEvent.DependencyDown;
import io.posthouse.telemetry.MailEvent.DependencyUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyStateTest {
  private Instant now = EventSamples.AT;
  private final List<MailEvent> events = new ArrayList<>();
  private final DependencyState kafka =
      new DependencyState(Dependency.KAFKA, events::add, () -> now);

  @Test
  void what_always_answers_is_no_event() {
    kafka.up();
    kafka.up();
    assertEquals(List.of(), events);
    assertEquals(Health.ok(), kafka.now());
  }

  @Test
  void however_many_notice_there_is_one_event_when_it_goes_and_one_when_it_comes_back() {
    kafka.down("no broker answers");
    now = now.plusSeconds(5);
    kafka.down("timed out");
    assertEquals(Health.notOk("no broker answers (since 2026-03-02T08:14:07.412Z)"), kafka.now());
    now = now.plusSeconds(90);
    kafka.up();
    kafka.up();
    assertEquals(Health.ok(), kafka.now());
    assertEquals(
        List.of(
            new DependencyDown(Dependency.KAFKA, "no broker answers"),
            new DependencyUp(Dependency.KAFKA, Duration.ofSeconds(95))),
        events);
  }
}
