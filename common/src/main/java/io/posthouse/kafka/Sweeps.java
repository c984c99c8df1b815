package io.posthouse.kafka;

import io.posthouse.queue.Place;
import java.util.Set;

/// How far directives have been done to what waits and to what is held, over all nodes.
public final class Sweeps {
  static final Set<Place> SWEPT = Set.of(Place.DEFERRED, Place.HELD);

  private final KafkaCluster cluster;

  public Sweeps(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /// Partitions to which a directive has not been done.
  ///
  /// @param number of the directive
  public long behind(long number) throws KafkaUnreachable {
    var parts = Inquiry.ask(cluster, admin -> new OwedSurvey(admin, cluster.topics()).of(SWEPT));
    return parts.stream().filter(part -> isBehind(part, number)).count();
  }

  /// Where there is nothing, there is nothing to do: nobody may read a tier of an earlier schedule.
  private static boolean isBehind(OwedSurvey.Open part, long number) {
    return !part.spans().isEmpty() && part.sweep().directive() < number;
  }
}
