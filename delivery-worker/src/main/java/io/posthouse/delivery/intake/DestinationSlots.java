package io.posthouse.delivery.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// So many deliveries to one destination at a time, so that a slow one cannot take every slot of
/// the worker. Others wait for theirs; but once somebody has waited in vain, only a few do, until
/// the last of them gets one.
final class DestinationSlots {
  private final Duration patience;
  private final Map<String, Destination> destinations = new HashMap<>();

  /// @param patience nobody waits longer for a slot
  DestinationSlots(Duration patience) {
    this.patience = patience;
  }

  /// One of so many slots of a destination, or empty where none is to be had soon. Blocks for
  /// `patience` at most; a slot must be closed.
  Optional<Slot> enter(String name, int slots) throws InterruptedException {
    var destination = join(name, slots);
    var entered = false;
    try {
      entered = destination.enter();
      return entered ? Optional.of(new Slot(name, destination)) : Optional.empty();
    } finally {
      if (!entered) leave(name, destination);
    }
  }

  /// Destinations that somebody holds or waits for.
  synchronized int busy() {
    return destinations.size();
  }

  private synchronized Destination join(String name, int slots) {
    var destination = destinations.computeIfAbsent(name, _ -> new Destination(slots));
    destination.users++;
    return destination;
  }

  private synchronized void leave(String name, Destination destination) {
    destination.users--;
    // What nobody uses is forgotten, so the number of domains in the world is no matter.
    if (destination.users == 0) destinations.remove(name);
  }

  final class Slot implements AutoCloseable {
    private final String name;
    private final Destination destination;

    private Slot(String name, Destination destination) {
      this.name = name;
      this.destination = destination;
    }

    @Override
    public void close() {
      destination.exit();
      leave(name, destination);
    }
  }

  private final class Destination {
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Slowness slowness;
    private int users;

    Destination(int slots) {
      free = new Semaphore(slots, true);
      slowness = new Slowness(slots);
    }

    boolean enter() throws InterruptedException {
      if (free.tryAcquire()) return true;
      var ahead = waiting.getAndIncrement();
      var entered = false;
      try {
        entered = slowness.allowsToWait(ahead) && enterInTime();
      } finally {
        var still = waiting.decrementAndGet();
        if (entered) slowness.entered(still);
      }
      return entered;
    }

    private boolean enterInTime() throws InterruptedException {
      if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) return true;
      slowness.waitedInVain();
      return false;
    }

    void exit() {
      free.release();
    }
  }
}
