package io.posthouse.kafka;

import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/// A process that renews what is held until it is killed.
final class KilledRenewals {
  private KilledRenewals() {}

  /// Renews what there is.
  ///
  /// @param arguments bootstrap servers, topic prefix
  public static void main(String[] arguments) {
    var given = Arrays.asList(arguments);
    start(new KafkaCluster(given.get(0), new Topics(given.get(1))));
  }

  private static void start(KafkaCluster cluster) {
    var clock = InstantSource.system();
    var mail = TestTopics.queue(cluster, Sending.DEFAULT, "victim");
    mail.start();
    var contents = new KafkaContentStore(cluster, 4, Duration.ofSeconds(20));
    var directives = new KafkaDirectives(cluster);
    directives.start();
    var kept = JanitorSettings.of(Duration.ofDays(7), KilledPipes.SCHEDULE);
    var renewals = new ContentRenewals(new ContentCarrier(contents, new DurableQueue(mail)), kept);
    RetryMover.of(cluster, KilledPipes.SCHEDULE, directives, renewals, "victim", _ -> {}, clock)
        .start();
  }
}
