package io.posthouse.delivery.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.delivery.shaping.Answer;
import io.posthouse.delivery.shaping.Feedback;
import io.posthouse.delivery.shaping.Reaction;
import io.posthouse.delivery.shaping.Share;
import io.posthouse.delivery.shaping.SiteStanding;
import io.posthouse.delivery.shaping.Ticket;
import io.posthouse.delivery.shaping.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lets messages to their sites, so many at a time. No site has more deliveries under way than are
/// free: it takes half of the worker where it is alone, and the less the more others are busy, so
/// that something is left for the one that comes next (dynamic thresholds, as in shared buffers of
/// switches). One that has not answered, or fails, takes far less of what is free.
final class Turnstile {
  private static final int REMEMBERED = 20_000;
  private static final Duration FORGET_AFTER = Duration.ofHours(2);

  private final Slots slots;
  private final LongSupplier octets;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Traffic> busy = new HashMap<>();
  private final Cache<String, Traffic> idle;
  private final Map<Ticket, Condition> waiting = new HashMap<>();
  private final Set<Traffic> hungry = new LinkedHashSet<>();
  private int active;
  private long tickets;

  /// @param octets of the messages that are held now
  Turnstile(Slots slots, LongSupplier octets, LongSupplier nanoClock) {
    this.slots = slots;
    this.octets = octets;
    this.nanoClock = nanoClock;
    this.idle =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(FORGET_AFTER)
            .ticker(nanoClock::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// What a message is told.
  sealed interface Entry {
    /// It goes; whoever goes must end.
    record Admitted(Passage passage) implements Entry {}

    record PutAside(Answer.Aside aside) implements Entry {}
  }

  /// Blocks until the turn of a message comes, or until it is clear that it will not come soon.
  ///
  /// @param ready since when the message could go
  /// @param idleConnection whether a connection to the site is open and idle
  Entry enter(Share share, Instant ready, BooleanSupplier idleConnection)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var traffic = traffic(share);
      var deadline = nanoClock.getAsLong() + slots.patience().toNanos();
      var ticket = new Ticket(ready, tickets++, deadline);
      try {
        return enter(traffic, ticket, idleConnection);
      } finally {
        traffic.leave(ticket);
        waiting.remove(ticket);
        wake(traffic);
        forgetIfIdle(traffic);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Deliveries under way.
  int active() {
    return locked(() -> active);
  }

  /// How a share stands, if it is remembered.
  Optional<SiteStanding> standing(String name) {
    return locked(() ->
        Optional.ofNullable(busy.get(name))
            .or(() -> Optional.ofNullable(idle.getIfPresent(name)))
            .map(traffic -> traffic.standing(nanoClock.getAsLong(), workers())));
  }

  /// How all shares stand that are remembered.
  List<SiteStanding> standings() {
    return locked(() ->
        Stream.concat(busy.values().stream(), idle.asMap().values().stream())
            .map(traffic -> traffic.standing(nanoClock.getAsLong(), workers()))
            .toList());
  }

  private Entry enter(Traffic traffic, Ticket ticket, BooleanSupplier idleConnection)
      throws InterruptedException {
    var anyConnection = traffic.share().limits().connectionRate().value().isUnlimited();
    while (true) {
      var room = room(anyConnection || idleConnection.getAsBoolean());
      switch (traffic.ask(ticket, nanoClock.getAsLong(), room)) {
        case Answer.Go() -> {
          active++;
          return new Entry.Admitted(new Passage(traffic));
        }
        case Answer.Aside aside -> {
          return new Entry.PutAside(aside);
        }
        case Answer.Wait(var nanos) -> {
          var told = waiting.computeIfAbsent(ticket, _ -> lock.newCondition());
          if (traffic.wantsMore(room)) hungry.add(traffic);
          var _ = told.awaitNanos(nanos);
        }
      }
    }
  }

  private Traffic traffic(Share share) {
    var known = busy.get(share.name());
    if (known != null) return known;
    var resting = idle.getIfPresent(share.name());
    var traffic = resting == null ? new Traffic(share, slots.longestAside(), workers()) : resting;
    idle.invalidate(share.name());
    busy.put(share.name(), traffic);
    return traffic;
  }

  private void forgetIfIdle(Traffic traffic) {
    if (!traffic.isIdle()) return;
    hungry.remove(traffic);
    var name = traffic.share().name();
    busy.remove(name);
    idle.put(name, traffic);
  }

  private void end(Traffic traffic, Feedback feedback, Duration took) {
    active--;
    traffic.ended(feedback, took.toNanos(), workers());
    wake(traffic);
    wakeHungry();
    forgetIfIdle(traffic);
  }

  /// Of those that the worker had no room for, the first that may have it now: to wake one that may
  /// not would leave the room empty, and the others hungry.
  private void wakeHungry() {
    var room = room(true);
    var next = hungry.stream().filter(other -> other.hasSlot(room)).findFirst();
    next.ifPresent(other -> {
      hungry.remove(other);
      wake(other);
    });
  }

  private void wake(Traffic traffic) {
    traffic.head().ifPresent(this::wake);
  }

  private void wake(Ticket ticket) {
    @Nullable Condition told = waiting.get(ticket);
    if (told != null) told.signal();
  }

  private Traffic.Room room(boolean idleConnection) {
    var places = places();
    var crowded = places < slots.places() / 2;
    return new Traffic.Room(
        workers(), slots.deliveries() - active, places, crowded, idleConnection);
  }

  /// Places that are free: where messages are long, no more than their octets leave.
  private int places() {
    var octetsLeft = Math.max(0, slots.octets() - octets.getAsLong());
    var placesLeft = Math.max(0, slots.places() - active - waiting.size());
    return (int) Math.min(placesLeft, slots.places() * octetsLeft / slots.octets());
  }

  private int workers() {
    return Math.max(1, slots.workers().getAsInt());
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable work) {
    locked(() -> {
      work.run();
      return work;
    });
  }

  /// One message on its way through.
  final class Passage {
    private final Traffic traffic;

    private Passage(Traffic traffic) {
      this.traffic = traffic;
    }

    void connected() {
      locked(() -> traffic.connected(nanoClock.getAsLong()));
    }

    void react(Reaction reaction) {
      locked(() -> {
        traffic.react(reaction, nanoClock.getAsLong());
        traffic.waiting().forEach(Turnstile.this::wake);
      });
    }

    /// Once, whatever happened.
    void end(Feedback feedback, Duration took) {
      locked(() -> Turnstile.this.end(traffic, feedback, took));
    }
  }
}
