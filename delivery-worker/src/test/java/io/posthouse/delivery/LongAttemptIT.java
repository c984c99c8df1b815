package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.world.Behaviour;
import io.posthouse.delivery.world.World;
import io.posthouse.message.Samples;
import io.posthouse.telemetry.MailEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody who takes a second and a half to say nothing, and somebody good next.
class LongAttemptIT {
  private static final String SILENT = "127.0.1.1";
  private static final String GOOD = "127.0.2.1";

  private final World world = new World().put(SILENT, Behaviour.SILENT).put(GOOD, Behaviour.GOOD);

  @AfterEach
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one.example.net", "two.example.net"})
  void nothing_else_is_begun_after_the_time_of_an_attempt(String nextHost) {
    try (var worker = worker(nextHost, "delivery.time_per_attempt=1s")) {
      worker.deliver(Samples.message(Samples.CAROL));
      assertEquals(List.of(SILENT), tried(worker));
      assertEquals(1, worker.events(MailEvent.Deferred.class).size());
      assertEquals(0, world.at(GOOD).connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one.example.net", "two.example.net"})
  void within_that_time_the_next_is_tried_in_the_same_attempt(String nextHost) {
    try (var worker = worker(nextHost, "delivery.time_per_attempt=1h")) {
      worker.deliver(Samples.message(Samples.CAROL));
      assertEquals(List.of(SILENT, GOOD), tried(worker));
      assertEquals(1, worker.events(MailEvent.Delivered.class).size());
    }
  }

  /// @param nextHost at the good address: the host at the silent one too, or another
  private Worker worker(String nextHost, String time) {
    var worker =
        new Worker("delivery.port=" + world.port(), "delivery.timeouts.greeting=1500ms", time);
    World.announce(worker.dns, "example.net", 10, "one.example.net", SILENT);
    if (nextHost.equals("one.example.net")) worker.dns.a(nextHost, GOOD);
    else World.announce(worker.dns, "example.net", 20, nextHost, GOOD);
    return worker;
  }

  private static List<String> tried(Worker worker) {
    return worker.events(MailEvent.Attempted.class).stream()
        .map(e -> e.mx().address().getHostAddress())
        .toList();
  }
}
