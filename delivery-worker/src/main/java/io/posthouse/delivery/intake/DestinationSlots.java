package io.posthouse.delivery.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// So many deliveries to one destination at a time, so that a slow one cannot take every slot of
/// the worker. Others may wait for theirs, but only where the wait is likely to be short.
final class DestinationSlots {
  private final int slots;
  private final Duration patience;
  private final Map<String, Destination> destinations = new HashMap<>();

  /// @param slots of one destination
  /// @param patience nobody waits longer for a slot
  DestinationSlots(int slots, Duration patience) {
    this.slots = slots;
    this.patience = patience;
  }

  /// A slot, or empty where none is to be had soon. Blocks for `patience` at most; a slot must be
  /// closed.
  Optional<Slot> enter(String name) throws InterruptedException {
    var destination = join(name);
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

  private synchronized Destination join(String name) {
    var destination = destinations.computeIfAbsent(name, _ -> new Destination());
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
    private final long since = System.nanoTime();

    private Slot(String name, Destination destination) {
      this.name = name;
      this.destination = destination;
    }

    @Override
    public void close() {
      destination.exit(Duration.ofNanos(System.nanoTime() - since));
      leave(name, destination);
    }
  }

  private final class Destination {
    private final Semaphore free = new Semaphore(slots, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Pace pace = new Pace(slots);
    private int users;

    boolean enter() throws InterruptedException {
      if (free.tryAcquire()) return true;
      var ahead = waiting.getAndIncrement();
      try {
        if (pace.waitBehind(ahead).compareTo(patience) > 0) return false;
        if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) return true;
        pace.waitedInVain(patience, ahead);
        return false;
      } finally {
        waiting.decrementAndGet();
      }
    }

    void exit(Duration took) {
      pace.took(took);
      free.release();
    }
  }
}
