package io.posthouse.ops.queue;

import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Part;
import io.posthouse.directive.Sighting;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.kafka.Sweeps;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.telemetry.CommandEvents;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// An order on its way to the cluster.
final class ActRun {
  private static final Set<Place> TOUCHED =
      Set.of(Place.FIRST, Place.SPLIT, Place.DUE, Place.DEFERRED, Place.HELD);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long EVERY_MILLIS = 250;

  private final KafkaCluster cluster;
  private final PrintWriter err;

  /// @param err where progress is shown
  ActRun(KafkaCluster cluster, PrintWriter err) {
    this.cluster = cluster;
    this.err = err;
  }

  /// How many messages a directive would touch now, by where they are.
  Map<Place, Long> count(Directive directive) throws KafkaUnreachable {
    var counts = new EnumMap<Place, Long>(Place.class);
    var alone = Directives.NONE.with(Long.MAX_VALUE, directive);
    try (var progress = new ScanProgress(err)) {
      new QueueScanner(cluster)
          .look(TOUCHED, directive.filter().only())
          .show(
              found -> {
                if (isTouched(alone, found)) counts.merge(found.place(), 1L, Long::sum);
                return true;
              },
              progress);
    }
    return counts;
  }

  private static boolean isTouched(Directives alone, Found found) {
    return found instanceof Found.Owed owed
        && alone
            .parts(new Sighting(owed.envelope(), owed.place(), owed.written()), Long.MAX_VALUE)
            .stream()
            .anyMatch(Part::isTouched);
  }

  /// Gives it, and returns once all who ask will hear of it.
  ///
  /// @return its number
  long give(Directive directive) throws KafkaUnreachable, InterruptedException {
    var directives = KafkaDirectives.listen(cluster);
    try {
      directives.give(directive);
      if (!directives.await(directive, PATIENCE))
        throw CommandFailed.unreachable("Kafka", "nobody has taken the order");
      tell(directive);
      return directives.known().newest();
    } finally {
      directives.close();
    }
  }

  /// Waits until it has been done to all that waits or is held.
  ///
  /// @return whether it has been within the time
  boolean watch(long number, Duration patience) throws KafkaUnreachable, InterruptedException {
    var sweeps = new Sweeps(cluster);
    var end = System.nanoTime() + patience.toNanos();
    try (var progress = new ScanProgress(err)) {
      for (var left = sweeps.behind(number); left > 0; left = sweeps.behind(number)) {
        if (System.nanoTime() > end) return false;
        progress.at("%,d partitions to go".formatted(left));
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      }
    }
    return true;
  }

  private void tell(Directive directive) {
    var sink = new KafkaEventSink(cluster, new Metrics());
    sink.start();
    new CommandEvents("posthouse-" + directive.operator(), InstantSource.system(), sink)
        .record(
            new MailEvent.DirectiveGiven(
                directive.id(),
                directive.act(),
                directive.filter().text(),
                directive.until(),
                directive.operator(),
                directive.reason()));
    sink.drain(PATIENCE);
  }
}
