package io.posthouse.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Test
  void services_start_in_order_and_stop_in_reverse() {
    var lifecycle = lifecycle(LONG, new Part("a"), new Part("b"));
    lifecycle.start();
    assertEquals(Lifecycle.State.RUNNING, lifecycle.state());
    assertTrue(lifecycle.stop());
    assertEquals(Lifecycle.State.STOPPED, lifecycle.state());
    assertEquals(
        List.of(
            "start a",
            "a started",
            "start b",
            "b started",
            "drain b",
            "close b",
            "b stopped drained",
            "drain a",
            "close a",
            "a stopped drained"),
        seen);
  }

  @Test
  void stopping_twice_stops_once() {
    var lifecycle = lifecycle(LONG, new Part("a"));
    lifecycle.start();
    lifecycle.stop();
    var before = List.copyOf(seen);
    assertTrue(lifecycle.stop());
    assertEquals(before, seen);
  }

  @Test
  void what_was_never_started_is_not_stopped_and_never_starts() {
    var lifecycle = lifecycle(LONG, new Part("a"));
    assertTrue(lifecycle.stop());
    assertThrows(IllegalStateException.class, lifecycle::start);
    assertEquals(List.of(), seen);
  }

  @Test
  void if_one_cannot_start_those_before_it_are_stopped() {
    var broken =
        new Part("b") {
          @Override
          public void start() {
            throw new CannotStartException("port taken");
          }
        };
    var lifecycle = lifecycle(LONG, new Part("a"), broken, new Part("c"));
    assertEquals(
        "port taken", assertThrows(CannotStartException.class, lifecycle::start).getMessage());
    assertEquals(Lifecycle.State.STOPPED, lifecycle.state());
    assertEquals(
        List.of(
            "start a",
            "a started",
            "b failed port taken",
            "drain a",
            "close a",
            "a stopped drained"),
        seen);
  }

  @Test
  void a_service_that_fails_to_stop_does_not_keep_the_others_from_it() {
    var broken =
        new Part("b") {
          @Override
          public void drain(Duration deadline) {
            throw new IllegalStateException("drain");
          }

          @Override
          public void close() {
            throw new IllegalStateException("close");
          }
        };
    var lifecycle = lifecycle(LONG, new Part("a"), broken);
    lifecycle.start();
    assertFalse(lifecycle.stop());
    assertEquals(
        List.of(
            "b failed drain",
            "b failed close",
            "b stopped cut short",
            "drain a",
            "close a",
            "a stopped drained"),
        seen.subList(4, seen.size()));
  }

  @Test
  void a_drain_that_forgets_the_deadline_is_cut_short() {
    var never = new CountDownLatch(1);
    var stuck =
        new Part("b") {
          @Override
          public void drain(Duration deadline) {
            uninterruptibly(never);
          }
        };
    var lifecycle = lifecycle(Duration.ofMillis(50), new Part("a"), stuck);
    lifecycle.start();
    assertFalse(lifecycle.stop());
    // Nothing is left of the deadline for a, which is closed all the same.
    assertEquals(
        List.of("close b", "b stopped cut short", "close a", "a stopped cut short"),
        seen.subList(4, seen.size()));
    never.countDown();
  }

  @Test
  void whoever_runs_until_stopped_returns_when_somebody_stops() throws Exception {
    var up = new CountDownLatch(1);
    var last =
        new Part("a") {
          @Override
          public void start() {
            up.countDown();
          }
        };
    var lifecycle = lifecycle(LONG, last);
    var stopper =
        Thread.ofVirtual()
            .start(() -> {
              uninterruptibly(up);
              lifecycle.stop();
            });
    lifecycle.runUntilStopped(() -> seen.add("farewell"));
    stopper.join();
    assertEquals(List.of("a started", "drain a", "close a", "a stopped drained"), seen);
  }

  private Lifecycle lifecycle(Duration deadline, Service... services) {
    return new Lifecycle(List.of(services), deadline, new Notes());
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private class Part implements Service {
    private final String name;

    Part(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() {
      seen.add("start " + name);
    }

    @Override
    public void drain(Duration deadline) {
      seen.add("drain " + name);
    }

    @Override
    public void close() {
      seen.add("close " + name);
    }
  }

  private class Notes implements Watcher {
    @Override
    public void started(Service service, Duration took) {
      seen.add(service.name() + " started");
    }

    @Override
    public void stopped(Service service, boolean drained, Duration took) {
      seen.add(service.name() + " stopped " + (drained ? "drained" : "cut short"));
    }

    @Override
    public void failed(Service service, RuntimeException why) {
      seen.add(service.name() + " failed " + why.getMessage());
    }
  }
}
