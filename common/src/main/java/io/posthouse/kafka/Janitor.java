package io.posthouse.kafka;

import io.posthouse.lifecycle.Service;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes, once an hour, records of the queue that are older than the replay window and that
/// everybody is done with, and has all forget directives that can touch nothing any longer. Any
/// number of them may run.
public final class Janitor implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration EVERY = Duration.ofHours(1);

  private final KafkaCluster cluster;
  private final JanitorSettings settings;
  private final KafkaDirectives directives;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("janitor").daemon().factory());
  private volatile Round last = new Round(0, 0, 0);

  /// What one round did.
  ///
  /// @param deleted records
  /// @param overdue partitions that kept everybody's records, because something in them has been
  ///   pending for too long
  /// @param forgotten directives
  public record Round(long deleted, int overdue, int forgotten) {}

  public Janitor(
      KafkaCluster cluster,
      JanitorSettings settings,
      KafkaDirectives directives,
      InstantSource clock) {
    this.cluster = cluster;
    this.settings = settings;
    this.directives = directives;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "janitor";
  }

  /// What the last round did.
  public Round last() {
    return last;
  }

  /// Shows how it is doing among the metrics of the process.
  public void showIn(Metrics metrics) {
    metrics.gauge("mail_janitor_deleted", "Records the last round deleted.", () -> last.deleted());
    metrics.gauge(
        "mail_janitor_overdue_partitions",
        "Partitions with something pending for so long that nothing is deleted.",
        () -> last.overdue());
    metrics.gauge(
        "mail_janitor_forgotten_directives",
        "Directives the last round had forgotten.",
        () -> last.forgotten());
  }

  @Override
  public void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::tidyUp, FIRST.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void drain(Duration deadline) {
    timer.shutdown();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// A round that fails is made up for by the next.
  private void tidyUp() {
    try {
      last = round();
    } catch (KafkaException | KafkaUnreachable | ExecutionException e) {
      LOG.warn("nothing is deleted this time: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException ours) {
      LOG.error("nothing is deleted this time", ours);
    }
  }

  Round round() throws KafkaUnreachable, ExecutionException, InterruptedException {
    try (var admin = Admin.create(cluster.client(Map.of(), Map.of()))) {
      var facts = new QueueSurvey(admin, cluster.topics(), settings, clock.instant()).facts();
      var overdue = DeletionPlan.overdue(facts);
      if (!overdue.isEmpty()) {
        LOG.warn("nothing is deleted: messages have been pending for too long in {}", overdue);
      }
      var forgotten = overdue.isEmpty() ? forget(admin) : 0;
      return new Round(delete(admin, facts), overdue.size(), forgotten);
    }
  }

  /// Where nothing is pending for too long, nothing is older than a message lives that a replay
  /// took from the beginning of its window, save what operators hold and release.
  private int forget(Admin admin)
      throws KafkaUnreachable, ExecutionException, InterruptedException {
    if (directives.trouble().isPresent()) return 0;
    var known = directives.known();
    var dawn = clock.instant().minus(settings.window()).minus(settings.patience());
    var swept = new OwedSurvey(admin, cluster.topics()).of(Sweeps.SWEPT);
    if (ForgetPlan.forgettable(known, dawn, swept).isEmpty()) return 0;
    var over = ForgetPlan.forgettable(known, oldest(admin, dawn), swept);
    over.forEach(directives::forget);
    return over.size();
  }

  /// Since when there has been mail that workers do not have in hand yet: what is held may be as
  /// old as operators like.
  private Instant oldest(Admin admin, Instant dawn)
      throws KafkaUnreachable, ExecutionException, InterruptedException {
    var scanner = new QueueScanner(cluster);
    var oldest = new AtomicReference<>(dawn);
    scanner.scan(
        scanner.survey(admin, Set.of(Place.HELD, Place.DUE)),
        found -> {
          if (found instanceof Found.Owed owed)
            oldest.accumulateAndGet(owed.envelope().arrived(), Janitor::earlier);
          return true;
        },
        (_, _) -> {});
    return oldest.get();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static long delete(Admin admin, List<DeletionPlan.Facts> facts)
      throws ExecutionException, InterruptedException {
    var newBegins = DeletionPlan.newBegins(facts);
    var requests = new HashMap<TopicPartition, RecordsToDelete>();
    newBegins.forEach((id, offset) -> requests.put(id, RecordsToDelete.beforeOffset(offset)));
    admin.deleteRecords(requests).all().get();
    return facts.stream()
        .mapToLong(fact -> newBegins.getOrDefault(fact.id(), fact.begin()) - fact.begin())
        .sum();
  }
}
