package io.posthouse.kafka;

import io.posthouse.queue.RetrySchedule;
import io.posthouse.queue.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/// A process that moves and splits until it is killed.
final class KilledPipes {
  static final Duration TIER = Duration.ofSeconds(1);
  static final RetrySchedule SCHEDULE = new RetrySchedule(List.of(TIER), Duration.ofDays(5));

  private KilledPipes() {}

  /// Moves and splits what there is.
  ///
  /// @param arguments bootstrap servers, topic prefix
  public static void main(String[] arguments) {
    var given = Arrays.asList(arguments);
    var cluster = new KafkaCluster(given.get(0), new Topics(given.get(1)));
    var clock = InstantSource.system();
    Splitter.of(cluster, "victim", "deliver", _ -> {}, clock).start();
    var directives = new KafkaDirectives(cluster);
    directives.start();
    RetryMover.of(cluster, SCHEDULE, directives, new NoRenewals(), "victim", _ -> {}, clock)
        .start();
  }
}
