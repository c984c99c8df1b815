package io.posthouse.storage.intake;

import io.posthouse.directive.Directives;
import io.posthouse.directive.TakenPart;
import io.posthouse.message.Orders;
import io.posthouse.queue.Taken;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Where messages come in. What operators order is done before they wait for anything else, and
/// within a second to those that wait when it is ordered. As many are here as the reader takes.
final class Entrance implements Runnable {
  private final BlockingQueue<Taken> arrivals = new LinkedBlockingQueue<>();
  private final Obedience obedience;
  private final List<Lanes> waiting;
  private final Events events;
  private final Consumer<List<Taken>> inside;
  private long obeyed = Orders.NEVER;

  /// @param waiting where messages wait that came in before
  /// @param inside is given what comes in, in its order
  Entrance(Obedience obedience, List<Lanes> waiting, Events events, Consumer<List<Taken>> inside) {
    this.obedience = obedience;
    this.waiting = List.copyOf(waiting);
    this.events = events;
    this.inside = inside;
  }

  /// Does not wait.
  void come(Taken taken) {
    arrivals.add(taken);
  }

  @Override
  public void run() {
    try {
      while (true) {
        sweep(obedience.known());
        letIn();
      }
    } catch (InterruptedException closed) {
      // What is not settled will be taken again.
      Thread.currentThread().interrupt();
    }
  }

  /// What was ordered since the last time is done to those that wait.
  private void sweep(Directives known) {
    if (known.newest() <= obeyed) return;
    obeyed = known.newest();
    try {
      for (var lanes : waiting)
        lanes.giveBack(List.of(), obedience.obey(lanes.take(ordered(lanes, known)), known));
    } catch (RuntimeException bug) {
      // Each is asked about once more before it is stored.
      events.record(new MailEvent.Bug(Optional.empty(), "doing what operators order", bug));
    }
  }

  private List<Waiting> ordered(Lanes lanes, Directives known) {
    return lanes.waiting().stream()
        .filter(message -> TakenPart.isOrdered(message.taken(), known))
        .toList();
  }

  private void letIn() throws InterruptedException {
    var next = arrivals.poll(1, TimeUnit.SECONDS);
    if (next == null) return;
    var known = obedience.known();
    // Those who came together go in together, and are stored together.
    var come = new ArrayList<>(List.of(next));
    arrivals.drainTo(come);
    inside.accept(come.stream().flatMap(taken -> obedience.obey(taken, known).stream()).toList());
  }
}
