package io.posthouse.storage.intake;

import io.posthouse.message.Orders;
import io.posthouse.queue.Taken;
import java.util.ArrayList;
import java.util.List;
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
  private final Consumer<List<Taken>> inside;
  private long obeyed = Orders.NEVER;

  /// @param waiting where messages wait that came in before
  /// @param inside is given what comes in, in its order
  Entrance(Obedience obedience, List<Lanes> waiting, Consumer<List<Taken>> inside) {
    this.obedience = obedience;
    this.waiting = List.copyOf(waiting);
    this.inside = inside;
  }

  /// Does not wait.
  void come(Taken taken) {
    arrivals.add(taken);
  }

  @Override
  public void run() {
    try {
      while (true) turn();
    } catch (InterruptedException closed) {
      // What is not settled will be taken again.
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    var next = arrivals.poll(1, TimeUnit.SECONDS);
    var known = obedience.known();
    if (known.newest() > obeyed) {
      for (var lanes : waiting) lanes.giveBack(List.of(), obedience.obey(ordered(lanes), known));
      obeyed = known.newest();
    }
    if (next == null) return;
    // Those who came together go in together, and are stored together.
    var come = new ArrayList<>(List.of(next));
    arrivals.drainTo(come);
    inside.accept(come.stream().flatMap(taken -> obedience.obey(taken, known).stream()).toList());
  }

  /// Takes out of the lanes what something is ordered of.
  private List<Waiting> ordered(Lanes lanes) throws InterruptedException {
    var known = obedience.known();
    return lanes.take(
        lanes.waiting().stream()
            .filter(message -> obedience.isOrdered(message.taken(), known))
            .toList());
  }
}
