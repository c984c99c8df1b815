package io.posthouse.ops.topics;

import io.posthouse.config.ConfigException;
import io.posthouse.config.KafkaSettings;
import io.posthouse.kafka.JanitorSettings;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.TopicAdmin;
import io.posthouse.kafka.TopicFinding;
import io.posthouse.kafka.TopicPlan;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import java.time.Duration;
import java.util.List;

/// The topics these settings ask for, in the cluster they name.
public record QueueTopics(TopicPlan plan, TopicAdmin admin) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static QueueTopics of(ClusterOptions options) throws ConfigException {
    var settings = options.read(PosthouseSettings::read);
    return of(settings, KafkaCluster.of(settings.kafka()));
  }

  /// The topics in `cluster`.
  public static QueueTopics of(PosthouseSettings settings, KafkaCluster cluster) {
    var retry = settings.delivery().retry();
    var kept = JanitorSettings.of(settings.delivery().replayWindow(), retry).window();
    var plan = TopicPlan.of(cluster.topics(), layout(settings.kafka()), retry.tiers(), kept);
    return new QueueTopics(plan, new TopicAdmin(cluster, PATIENCE));
  }

  private static TopicPlan.Layout layout(KafkaSettings kafka) {
    return new TopicPlan.Layout(
        kafka.partitions(), kafka.otherPartitions(), kafka.replication(), kafka.replication() == 1);
  }

  public TopicAdmin.Creation create() throws KafkaUnreachable {
    return admin.create(plan);
  }

  public List<TopicFinding> check() throws KafkaUnreachable {
    return admin.check(plan);
  }

  /// Deletes them, with all that lies in them.
  public void delete() throws KafkaUnreachable {
    admin.delete(plan);
  }

  int count() {
    return plan.topics().size();
  }
}
