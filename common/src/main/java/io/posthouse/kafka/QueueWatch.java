package io.posthouse.kafka;

import io.posthouse.lifecycle.Service;
import io.posthouse.queue.Place;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks, once a minute, at what of the queue no reader's own figures show: what lies among the
/// dead letters and what operators hold, and how far back a replay can reach. Any number of them
/// may run; all show the same.
public final class QueueWatch implements Service {
  /// Counting ends here: by then somebody has been alarmed, and each look reads what it counts.
  static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final KafkaCluster cluster;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("queue watch").daemon().factory());
  private volatile Optional<View> last = Optional.empty();

  /// What a look showed.
  ///
  /// @param dead letters that nobody has replayed, at most [#MOST]
  /// @param held messages, at most [#MOST]
  /// @param reach since when `remote` and `local` are complete; empty if nothing of them was ever
  ///   deleted
  record View(int dead, int held, Optional<Instant> reach) {}

  public QueueWatch(KafkaCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "queue watch";
  }

  /// Shows what it sees among the metrics of the process: not a number until it has looked.
  public void showIn(Metrics metrics) {
    metrics.gauge(
        "mail_dead_letters",
        "Dead letters of the cluster that nobody has replayed, at most " + MOST + ".",
        () -> last.map(View::dead).map(Integer::doubleValue).orElse(Double.NaN));
    metrics.gauge(
        "mail_held_messages",
        "Messages of the cluster that operators hold, at most " + MOST + ".",
        () -> last.map(View::held).map(Integer::doubleValue).orElse(Double.NaN));
    metrics.gauge(
        "mail_replay_reach_seconds",
        "For how long back a replay finds all mail; infinite until some was deleted.",
        () -> last.map(this::reachSeconds).orElse(Double.NaN));
  }

  @Override
  public void start() {
    var _ = timer.scheduleWithFixedDelay(this::lookAround, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void drain(Duration deadline) {
    timer.shutdownNow();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private double reachSeconds(View view) {
    return view.reach()
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1e3)
        .orElse(Double.POSITIVE_INFINITY);
  }

  /// A look that fails leaves what the last one showed.
  private void lookAround() {
    try {
      last = Optional.of(look());
    } catch (KafkaUnreachable e) {
      LOG.warn("the queue cannot be looked at: {}", e.toString());
    } catch (RuntimeException ours) {
      LOG.error("the queue cannot be looked at", ours);
    }
  }

  View look() throws KafkaUnreachable {
    return Inquiry.ask(
        cluster,
        admin -> new View(count(admin, Place.DEAD), count(admin, Place.HELD), reach(admin)));
  }

  private int count(Admin admin, Place place)
      throws KafkaUnreachable, ExecutionException, InterruptedException {
    var scanner = new QueueScanner(cluster);
    var found = new AtomicInteger();
    var open = scanner.survey(admin, Set.of(place));
    scanner.scan(open, _ -> found.incrementAndGet() < MOST, (_, _) -> {});
    return found.get();
  }

  /// What was deleted is older than the first record left. A partition with none left says nothing:
  /// whatever comes is there.
  private Optional<Instant> reach(Admin admin) throws ExecutionException, InterruptedException {
    var topics = List.of(cluster.topics().remote(), cluster.topics().local());
    var partitions = new Partitions(admin);
    return partitions.first(partitions.of(topics)).stream()
        .filter(first -> first.offset() > 0)
        .map(first -> Instant.ofEpochMilli(first.timestamp()))
        .max(Instant::compareTo);
  }
}
