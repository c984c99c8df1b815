package io.posthouse.delivery.attempt;

import io.posthouse.delivery.attempt.Turns.Turn;
import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.conversation.Reach;
import io.posthouse.outcome.MxHost;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reaches for the addresses of one host until one of them is connected (happy eyeballs, RFC 8305).
/// Each is reached for by a virtual thread of its own; when the race is over none of them is left,
/// and no connection but the winner's.
final class AddressRace {
  /// Those who take part, and what they want to hear; called by the thread that runs the race.
  interface Field {
    /// The next to start; empty if there is none.
    Optional<MxHost> next();

    /// This one has not answered for a moment, and the next one starts.
    void late(MxHost mx);

    /// This one cannot be reached.
    void failed(MxHost mx, Reach.Failed reach, Duration took);

    /// Another one was connected before.
    void overtaken(MxHost mx, MxHost by, Duration after);
  }

  /// The first that was connected.
  record Winner(Reach.Connected connected, Duration took) {
    MxHost mx() {
      return connected.mx();
    }
  }

  private record Runner(Thread thread, long started) {
    Duration since() {
      return Duration.ofNanos(System.nanoTime() - started);
    }
  }

  private sealed interface Finish {
    record At(MxHost mx, Reach reach) implements Finish {}

    record Fault(RuntimeException bug) implements Finish {}
  }

  private final Connections connections;
  private final Approach approach;
  private final Field field;
  private final Duration stagger;
  private final Duration patience;
  private final Turns turns;
  private final BlockingQueue<Finish> finishes = new LinkedBlockingQueue<>();
  private final Map<MxHost, Runner> running = new LinkedHashMap<>();

  /// @param patience while all are under way and nobody answers
  AddressRace(
      Connections connections,
      Approach approach,
      Duration stagger,
      Duration patience,
      Field field) {
    this.connections = connections;
    this.approach = approach;
    this.field = field;
    this.stagger = stagger;
    this.patience = patience;
    this.turns = new Turns(stagger);
  }

  /// Empty if nobody could be reached.
  Optional<Winner> run() throws InterruptedException {
    try {
      while (true) {
        switch (turns.next(System.nanoTime())) {
          case Turn.Start() -> start();
          case Turn.Over() -> {
            return Optional.empty();
          }
          case Turn.Wait(var most) -> {
            var winner = finish(finishes.poll(most.toNanos(), TimeUnit.NANOSECONDS));
            if (winner.isPresent()) return winner;
          }
          case Turn.WaitForAny() -> {
            var finish = finishes.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (finish == null) {
              giveUp();
              return Optional.empty();
            }
            var winner = finish(finish);
            if (winner.isPresent()) return winner;
          }
        }
      }
    } finally {
      stopTheRest();
    }
  }

  private void start() {
    var next = field.next();
    if (next.isEmpty()) {
      turns.noneLeft();
      return;
    }
    running.forEach((mx, runner) -> {
      if (runner.since().compareTo(stagger) >= 0) field.late(mx);
    });
    var mx = next.get();
    var started = System.nanoTime();
    var thread = Thread.ofVirtual().name("reach " + mx).unstarted(() -> reach(mx));
    running.put(mx, new Runner(thread, started));
    turns.started(started);
    thread.start();
  }

  private void reach(MxHost mx) {
    try {
      finishes.add(new Finish.At(mx, connections.reach(mx, approach)));
    } catch (RuntimeException bug) {
      // Whoever waits for us must not wait for ever.
      finishes.add(new Finish.Fault(bug));
    }
  }

  private Optional<Winner> finish(@Nullable Finish finish) {
    return switch (finish) {
      case Finish.At(var mx, var reach) -> finish(mx, reach);
      case Finish.Fault(var bug) -> throw bug;
      case null -> Optional.empty();
    };
  }

  private Optional<Winner> finish(MxHost mx, Reach reach) {
    var runner = Objects.requireNonNull(running.remove(mx));
    return switch (reach) {
      case Reach.Connected connected -> {
        running.forEach((other, late) -> field.overtaken(other, mx, late.since()));
        yield Optional.of(new Winner(connected, runner.since()));
      }
      case Reach.Failed failed -> {
        turns.failed(System.nanoTime());
        field.failed(mx, failed, runner.since());
        yield Optional.empty();
      }
    };
  }

  private void giveUp() {
    var why = "no sign for " + patience.toMillis() + " ms while connecting";
    running.forEach((mx, runner) -> field.failed(mx, new Reach.Silent(why), runner.since()));
  }

  private void stopTheRest() throws InterruptedException {
    for (var runner : running.values()) runner.thread().interrupt();
    for (var runner : running.values()) runner.thread().join();
    // Some may have got there all the same.
    for (var finish : finishes) letGo(finish);
  }

  private static void letGo(Finish finish) {
    if (finish instanceof Finish.At(_, Reach.Connected connected)) connected.wire().close();
  }
}
