package io.posthouse.kafka;

import io.posthouse.directive.Directives;
import io.posthouse.kafka.SimFaults.BrokenRule;
import io.posthouse.kafka.Sweeping.UnknownDirective;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.QueueReader.Intake;
import io.posthouse.queue.Taken;
import java.time.Duration;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/// One life of a worker's process in a simulated cluster: its reader and its mover, each turned as
/// their threads would turn them, and the deliveries that a test makes of what is taken.
public final class SimNode {
  private static final Duration BUSY = Duration.ofMillis(100);
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration DRAIN = Duration.ofMinutes(3);

  private final String name;
  private final String member;
  private final SimulatedCluster cluster;
  private final Runnable ended;
  private Directives directives;
  private final LedgerBooks books;
  private final OurClaims ours;
  private final TheirClaims theirs;
  private final LedgerHandout handout;
  private final SimConsumer readerConsumer;
  private SimConsumer moverConsumer;
  private final LedgerConsumer reader;
  private PipeLife mover;
  private boolean alive = true;
  private boolean turning;
  private boolean stalled;
  private long drainUntil = Long.MAX_VALUE;
  private long turnAt = Long.MAX_VALUE;

  SimNode(String name, int life, SimulatedCluster cluster, Work work, Runnable ended) {
    this.name = name;
    this.cluster = cluster;
    this.ended = ended;
    directives = cluster.directives();
    var settings = cluster.settings(name);
    var terms = settings.claims().orElse(ClaimTerms.DEFAULT);
    var inbox = new SimInbox(cluster.time(), () -> alive, () -> turnIn(SOON));
    member = name + "/" + life;
    var board = new ClaimBoard(member, terms.lease());
    var log = cluster.claims();
    books = new LedgerBooks(settings, board, cluster.time(), inbox);
    ours = new OurClaims(member, terms, books, log);
    theirs = new TheirClaims(board, log, inbox);
    Intake intake = taken -> work.take(rule(taken), this);
    handout = new LedgerHandout(intake, queue(), books, _ -> {});
    readerConsumer = cluster.consumer(name, cluster.readers());
    moverConsumer = cluster.consumer(name, cluster.movers());
    reader = new LedgerConsumer(settings, readerConsumer, books, handout, ours, theirs, _ -> {});
    mover = mover(moverConsumer);
    turnIn(SOON);
  }

  /// What is done with a message that a node has taken; called on the reader's thread.
  public interface Work {
    void take(Taken taken, SimNode node);
  }

  public String name() {
    return name;
  }

  /// This life of it, as its claims call it.
  String member() {
    return member;
  }

  public boolean isAlive() {
    return alive;
  }

  /// The queue as this process sees it.
  public MailQueue mailQueue() {
    return queue();
  }

  /// What operators order, as far as this process has heard.
  public Directives directives() {
    return directives;
  }

  /// Has a delivery of this process go on, so long from now, if the process lives then.
  public void later(Duration wait, Runnable step) {
    cluster.time().after(wait, () -> guarded(step));
  }

  /// SIGKILL.
  public void kill() {
    if (!alive) return;
    cluster.trace(name + " is killed");
    alive = false;
    readerConsumer.heard(false);
    moverConsumer.heard(false);
    ended.run();
  }

  /// SIGTERM.
  public void drain() {
    cluster.trace(name + " is to end");
    drainUntil = cluster.time().nanos() + DRAIN.toNanos();
    turnIn(SOON);
  }

  /// Nothing is heard of it for so long, though its deliveries go on: cut off from the brokers.
  public void stall(Duration time) {
    if (stalled || !alive) return;
    cluster.trace(name + " is cut off for " + time.toSeconds() + " s");
    stalled = true;
    readerConsumer.heard(false);
    moverConsumer.heard(false);
    cluster.time().after(time, this::goOn);
  }

  private void goOn() {
    stalled = false;
    if (!alive) return;
    hear(cluster.directives());
    readerConsumer.heard(true);
    moverConsumer.heard(true);
    turnIn(SOON);
  }

  void hear(Directives news) {
    if (stalled || news.newest() <= directives.newest()) return;
    directives = news;
    turnIn(SOON);
  }

  void wake() {
    turnIn(SOON);
  }

  private SimQueue queue() {
    return cluster.queue(() -> alive);
  }

  private Taken rule(Taken taken) {
    if (cluster.faults().breaks(BrokenRule.SETTLES_BEFORE_IT_RECORDS)) taken.settle();
    return taken;
  }

  private void turnIn(Duration wait) {
    var at = cluster.time().nanos() + wait.toNanos();
    if (!alive || at >= turnAt) return;
    turnAt = at;
    cluster.time().after(wait, () -> turnIfItIsTime(at));
  }

  private void turnIfItIsTime(long at) {
    if (at != turnAt) return;
    turnAt = Long.MAX_VALUE;
    if (turning) turnIn(SOON);
    else if (!stalled) guarded(this::turn);
  }

  private void turn() {
    turning = true;
    try {
      turnMover();
      reader.turn(drainUntil == Long.MAX_VALUE);
      if (isDrained()) end();
      else turnIn(books.isEmpty() ? IDLE : BUSY);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      turning = false;
    }
  }

  /// A pipe that fails is made anew.
  private void turnMover() throws InterruptedException {
    try {
      mover.turn(true);
    } catch (CommitFailedException | UnknownDirective notNow) {
      mover.abandon();
      moverConsumer = cluster.consumer(name, cluster.movers());
      mover = mover(moverConsumer);
    }
  }

  private PipeLife mover(SimConsumer consumer) {
    return new PipeLife(
        new PipeClients(consumer, cluster.producer(consumer)),
        cluster.moved(),
        cluster.moverRule(this),
        cluster::heard,
        cluster.time(),
        _ -> {});
  }

  private boolean isDrained() {
    return drainUntil != Long.MAX_VALUE
        && (reader.holdsNothing() || cluster.time().nanos() > drainUntil);
  }

  private void end() {
    reader.close();
    mover.close();
    alive = false;
    cluster.trace(name + " has ended");
    ended.run();
  }

  private void guarded(Runnable step) {
    if (!alive) return;
    try {
      step.run();
    } catch (SimCrash | FencedInstanceIdException killed) {
      kill();
    }
  }
}
