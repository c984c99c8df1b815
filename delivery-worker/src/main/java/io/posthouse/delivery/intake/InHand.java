package io.posthouse.delivery.intake;

import io.posthouse.address.Domain;
import io.posthouse.message.QueueId;
import io.posthouse.node.InFlight;
import io.posthouse.node.Some;
import io.posthouse.node.Waiting;
import io.posthouse.node.Work;
import io.posthouse.outcome.MxHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The messages that a worker is about to deliver, for those who watch: which of them wait, and
/// where the others have got to. Safe from any thread.
final class InHand {
  private final LongSupplier nanoClock;
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Held> held = ConcurrentHashMap.newKeySet();

  InHand(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /// A message is taken in hand, until that is closed.
  Held begin(QueueId id, Domain destination) {
    var message = new Held(id, destination);
    held.add(message);
    return message;
  }

  /// Those that are under way, and those that wait; all that is said of sites is left out.
  Work work(Instant now) {
    var inFlight = new ArrayList<InFlight>();
    var lines = new HashMap<String, List<InLine>>();
    for (var message : held) {
      switch (message.at) {
        case UnderWay at -> inFlight.add(message.inFlight(at, now));
        case InLine at -> lines.computeIfAbsent(at.site, _ -> new ArrayList<>()).add(at);
      }
    }
    var waiting = new ArrayList<Waiting>();
    lines.values().forEach(line -> waiting.addAll(waiting(line, now)));
    return new Work(Some.of(inFlight), Some.of(waiting), Some.of(List.of()), Some.of(List.of()));
  }

  private List<Waiting> waiting(List<InLine> line, Instant now) {
    line.sort(Comparator.comparing(InLine::ready).thenComparingLong(at -> at.message.number));
    var waiting = new ArrayList<Waiting>();
    for (var at : line) {
      var since = now.minus(Duration.ofNanos(nanoClock.getAsLong() - at.since));
      var message = at.message;
      waiting.add(
          new Waiting(message.id, message.destination.name(), at.site, waiting.size(), since));
    }
    return waiting;
  }

  private sealed interface At {}

  /// @param since on the nano clock
  private record UnderWay(String site, Optional<MxHost> to, long since) implements At {}

  /// @param ready as the line at the site is ordered by
  private record InLine(Held message, String site, Instant ready, long since) implements At {}

  /// One message; only the thread that delivers it says where it is.
  final class Held implements AutoCloseable {
    private final QueueId id;
    private final Domain destination;
    private final long number = numbers.getAndIncrement();
    private volatile At at = new UnderWay("", Optional.empty(), nanoClock.getAsLong());

    private Held(QueueId id, Domain destination) {
      this.id = id;
      this.destination = destination;
    }

    /// It waits for its turn.
    void waits(String site, Instant ready) {
      at = new InLine(this, site, ready, nanoClock.getAsLong());
    }

    /// Its turn has come.
    void goes(String site) {
      at = new UnderWay(site, Optional.empty(), nanoClock.getAsLong());
    }

    /// It goes to this address, or tries to.
    void goesTo(MxHost mx) {
      if (at instanceof UnderWay(var site, _, var since))
        at = new UnderWay(site, Optional.of(mx), since);
    }

    @Override
    public void close() {
      held.remove(this);
    }

    private InFlight inFlight(UnderWay way, Instant now) {
      return new InFlight(
          id,
          destination.name(),
          way.site,
          way.to.map(MxHost::toString).orElse(""),
          now.minus(Duration.ofNanos(nanoClock.getAsLong() - way.since)));
    }
  }
}
