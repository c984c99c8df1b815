package io.posthouse.node;

import io.posthouse.lifecycle.Service;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of this process every few seconds, at once when its state changes, and when it ends. A
/// beat that is not heard harms nobody: it is counted, and the log says so once.
public final class Heart implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /// So soon a change of state is noticed.
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Vitals vitals;
  private final BeatLog log;
  private final InstantSource clock;
  private final Counter failed;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("heart").unstarted(this::run);
  private volatile boolean inTrouble;
  private @Nullable NodeState state;
  private Instant since = Instant.MIN;
  private Instant last = Instant.MIN;

  public Heart(Vitals vitals, BeatLog log, Metrics metrics, InstantSource clock) {
    this.vitals = vitals;
    this.log = log;
    this.clock = clock;
    this.failed = metrics.counter("node_beats_failed_total", "Beats that nobody could hear.");
  }

  @Override
  public String name() {
    return "heart";
  }

  @Override
  public void start() {
    thread.start();
  }

  /// Says goodbye.
  @Override
  public void drain(Duration deadline) {
    stop();
    if (ended()) beat(NodeState.STOPPED, clock.instant());
    log.close(deadline);
  }

  @Override
  public void close() {
    stop();
    log.close(Duration.ZERO);
  }

  /// Beats if there is something new, or it is time.
  void turn() {
    var now = clock.instant();
    var seen = vitals.state();
    if (seen != state || !now.isBefore(last.plus(EVERY))) beat(seen, now);
  }

  private void run() {
    try {
      do attempt();
      while (!ending.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// A bug in telling must not end the telling.
  private void attempt() {
    try {
      turn();
    } catch (RuntimeException | Error bug) {
      last = clock.instant();
      note(Optional.of(bug));
    }
  }

  private void beat(NodeState now, Instant at) {
    if (now != state) since = at;
    state = now;
    last = at;
    var trouble = now == NodeState.READY ? "" : vitals.trouble();
    var work = now == NodeState.STOPPED ? Work.NONE : vitals.work();
    var beat = new Beat(vitals.who(), at, now, since, trouble, work);
    var _ = log.write(beat).whenComplete((_, why) -> note(Optional.ofNullable(why)));
  }

  private void note(Optional<? extends Throwable> why) {
    why.ifPresent(_ -> failed.inc());
    var before = inTrouble;
    inTrouble = why.isPresent();
    if (inTrouble && !before)
      LOG.warn("beats are not heard, operators see this node as silent: {}", why.get().toString());
    else if (before && !inTrouble) LOG.info("beats are heard again");
  }

  private void stop() {
    ending.countDown();
    ended();
  }

  /// Whether nobody beats any more.
  private boolean ended() {
    if (thread.getState() == Thread.State.NEW) return false;
    try {
      return thread.join(Duration.ofSeconds(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
