package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.TopicPlan.Layout;
import io.posthouse.queue.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class TopicAdminIT {
  private static final Layout LAYOUT = new Layout(3, 2, 1, true);
  private static final Set<Duration> TIERS =
      Set.of(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(4));

  private final KafkaCluster cluster =
      new KafkaCluster(
          TestBroker.shared().bootstrap(),
          new Topics(TestBroker.shared().freshPrefix(TopicAdminIT.class)));
  private final TopicAdmin admin = new TopicAdmin(cluster, Duration.ofSeconds(20));
  private final TopicPlan plan = TopicPlan.of(cluster.topics(), LAYOUT, TIERS);

  @Test
  void what_is_missing_is_named_then_made_then_sound() throws KafkaUnreachable {
    var missing = admin.check(plan);
    assertEquals(plan.topics().size(), missing.size());
    assertTrue(missing.stream().allMatch(TopicFinding::isError));

    var creation = admin.create(plan);
    assertEquals(List.of(), creation.refused());
    assertEquals(
        Set.copyOf(plan.topics().stream().map(TopicPlan.PlannedTopic::name).toList()),
        Set.copyOf(creation.created()));
    assertEquals(List.of(), admin.check(plan));
  }

  @Test
  void a_queue_that_is_deleted_leaves_no_topic_and_may_be_deleted_again() throws KafkaUnreachable {
    admin.create(plan);
    admin.delete(plan);
    // For a moment the cluster still lists what it no longer describes.
    Awaitility.await()
        .ignoreExceptionsInstanceOf(KafkaUnreachable.class)
        .until(() -> admin.check(plan).size() == plan.topics().size());
    admin.delete(plan);
  }

  @Test
  void what_is_there_is_left_as_it_is() throws KafkaUnreachable {
    admin.create(plan);
    assertEquals(new TopicAdmin.Creation(List.of(), List.of()), admin.create(plan));
    var longer = new ArrayList<>(TIERS);
    longer.add(Duration.ofSeconds(90));
    assertEquals(
        List.of(cluster.topics().retry(Duration.ofSeconds(90))),
        admin.create(TopicPlan.of(cluster.topics(), LAYOUT, longer)).created());
  }

  @Test
  void a_topic_from_which_time_deletes_mail_is_an_error()
      throws KafkaUnreachable, ExecutionException, InterruptedException {
    admin.create(plan);
    set(cluster.topics().remote(), "retention.ms", "604800000");
    set(cluster.topics().events(), "retention.ms", "86400000");
    var expected =
        List.of(
            "error: " + cluster.topics().remote() + ": retention.ms is 604800000 (expected: -1)",
            "warning: "
                + cluster.topics().events()
                + ": retention.ms is 86400000 (expected: 1209600000)");
    // The controller has it at once, the broker we ask a moment later.
    Awaitility.await()
        .untilAsserted(() ->
            assertEquals(
                expected, admin.check(plan).stream().map(TopicFinding::toString).toList()));
  }

  @Test
  void a_topic_that_only_takes_longer_to_read_than_planned_keeps_nobody_from_working()
      throws KafkaUnreachable, ExecutionException, InterruptedException {
    admin.create(plan);
    set(cluster.topics().nodes(), "segment.ms", "604800000");
    var expected =
        List.of(
            "warning: "
                + cluster.topics().nodes()
                + ": segment.ms is 604800000 (expected: 600000)");
    // The controller has it at once, the broker we ask a moment later.
    Awaitility.await()
        .untilAsserted(() ->
            assertEquals(
                expected, admin.check(plan).stream().map(TopicFinding::toString).toList()));
  }

  @Test
  void events_that_forget_what_a_replay_asks_for_are_an_error()
      throws KafkaUnreachable, ExecutionException, InterruptedException {
    var month = TopicPlan.of(cluster.topics(), LAYOUT, TIERS, Duration.ofDays(30));
    admin.create(month);
    assertEquals(List.of(), admin.check(month));
    set(cluster.topics().events(), "retention.ms", "1209600000");
    Awaitility.await()
        .untilAsserted(() ->
            assertEquals(
                List.of(
                    "error: "
                        + cluster.topics().events()
                        + ": retention.ms is 1209600000 (expected: 2592000000): a replay would send"
                        + " again what the events have forgotten"),
                admin.check(month).stream().map(TopicFinding::toString).toList()));
    set(cluster.topics().events(), "retention.ms", "-1");
    Awaitility.await().untilAsserted(() -> assertFalse(admin.check(month).getFirst().isError()));
  }

  @Test
  void orders_that_a_power_failure_would_undo_are_an_error()
      throws KafkaUnreachable, ExecutionException, InterruptedException {
    admin.create(plan);
    // As clusters have it that were made without.
    set(cluster.topics().control(), "flush.messages", "9223372036854775807");
    Awaitility.await()
        .untilAsserted(() ->
            assertEquals(
                List.of(
                    "error: "
                        + cluster.topics().control()
                        + ": flush.messages is 9223372036854775807 (expected: 1): a power failure"
                        + " would lose what was acknowledged"),
                admin.check(plan).stream().map(TopicFinding::toString).toList()));
  }

  @Test
  void fewer_partitions_and_fewer_replicas_than_planned_are_found() throws KafkaUnreachable {
    admin.create(plan);
    var wider = TopicPlan.of(cluster.topics(), new Layout(6, 2, 3, true), TIERS);
    var findings = admin.check(wider).stream().map(TopicFinding::toString).toList();
    var remote = cluster.topics().remote();
    assertTrue(
        findings.contains("warning: " + remote + ": has 3 partitions (expected: 6)"),
        findings::toString);
    assertTrue(
        findings.contains("error: " + remote + ": has 1 replicas (expected: 3)"),
        findings::toString);
    assertTrue(
        findings.contains("error: " + remote + ": min.insync.replicas is 1 (expected: 2 or more)"),
        findings::toString);
  }

  @Test
  void a_cluster_too_small_for_the_plan_says_so() throws KafkaUnreachable {
    var creation = admin.create(TopicPlan.of(cluster.topics(), new Layout(3, 2, 3, true), TIERS));
    assertEquals(List.of(), creation.created());
    assertEquals(plan.topics().size(), creation.refused().size());
    assertTrue(
        creation.refused().getFirst().what().contains("replication factor"),
        () -> creation.refused().getFirst().toString());
  }

  @Test
  void a_cluster_that_does_not_answer_is_unreachable() {
    var nobody = new KafkaCluster("127.0.0.1:1", new Topics(""));
    var hasty = new TopicAdmin(nobody, Duration.ofSeconds(1));
    var e = assertThrows(KafkaUnreachable.class, () -> hasty.check(plan));
    var said = String.valueOf(e.getMessage());
    assertTrue(said.startsWith("Kafka at 127.0.0.1:1 does not answer: "), said);
  }

  private void set(String topic, String key, String value)
      throws ExecutionException, InterruptedException {
    try (var kafka = Admin.create(cluster.client(Map.of(), Map.of()))) {
      var change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      kafka.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }
  }
}
