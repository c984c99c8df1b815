package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.posthouse.kafka.TopicPlan.Layout;
import io.posthouse.kafka.TopicPlan.PlannedTopic;
import io.posthouse.queue.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicPlanTest {
  private static final Topics NAMES = new Topics("p.");
  private static final List<Duration> TIERS = List.of(Duration.ofMinutes(1), Duration.ofHours(4));

  @Test
  void every_topic_is_in_the_plan() {
    assertEquals(
        Set.of(
            "p.remote",
            "p.local",
            "p.split",
            "p.remote.due",
            "p.local.due",
            "p.content",
            "p.retry.1m",
            "p.retry.4h",
            "p.held",
            "p.dead",
            "p.events",
            "p.control",
            "p.nodes",
            "p.claims",
            "p.tls_policies",
            "p.config"),
        plan(new Layout(48, 12, 3, true)).topics().stream()
            .map(PlannedTopic::name)
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource({
    "p.remote, 48",
    "p.local, 48",
    "p.remote.due, 48",
    "p.local.due, 48",
    "p.split, 12",
    "p.content, 12",
    "p.retry.1m, 12",
    "p.events, 12",
    "p.config, 1",
    "p.nodes, 1",
    "p.claims, 1",
    "p.tls_policies, 1"
  })
  void partitions_are_what_the_layout_says(String topic, int partitions) {
    assertEquals(partitions, planned(topic, new Layout(48, 12, 3, true)).partitions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p.remote",
        "p.local",
        "p.split",
        "p.remote.due",
        "p.local.due",
        "p.content",
        "p.retry.1m",
        "p.held",
        "p.dead"
      })
  void time_never_deletes_what_is_owed(String topic) {
    var config = planned(topic, new Layout(48, 12, 3, true)).config();
    assertEquals("-1", config.get("retention.ms"));
    assertEquals("-1", config.get("retention.bytes"));
    assertEquals("delete", config.get("cleanup.policy"));
  }

  @ParameterizedTest
  @CsvSource({"1, true, 1, 1", "1, false, 1, ", "2, true, 2, ", "3, true, 2, ", "5, true, 2, "})
  void a_250_rests_on_two_replicas_or_on_the_disk_of_one(
      int replicas, boolean flush, String acknowledging, String flushMessages) {
    var config = planned("p.remote", new Layout(48, 12, replicas, flush)).config();
    assertEquals(acknowledging, config.get("min.insync.replicas"));
    assertEquals(flushMessages, config.get("flush.messages"));
  }

  @ParameterizedTest
  @CsvSource({"1, true, 1, 1", "1, false, 1, ", "3, true, 2, "})
  void what_was_ordered_lasts_as_long_as_the_mail_it_was_done_to(
      int replicas, boolean flush, String acknowledging, String flushMessages) {
    var config = planned("p.control", new Layout(48, 12, replicas, flush)).config();
    assertEquals(acknowledging, config.get("min.insync.replicas"));
    assertEquals(flushMessages, config.get("flush.messages"));
  }

  @Test
  void events_are_forgotten_after_two_weeks_and_flushed_by_nobody() {
    var config = planned("p.events", new Layout(48, 12, 1, true)).config();
    assertEquals("1209600000", config.get("retention.ms"));
    assertNull(config.get("flush.messages"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.control", "p.nodes", "p.config"})
  void what_is_looked_up_by_key_is_compacted(String topic) {
    assertEquals(
        "compact", planned(topic, new Layout(48, 12, 3, true)).config().get("cleanup.policy"));
  }

  @Test
  void what_nodes_have_said_before_is_soon_compacted() {
    var config = planned("p.nodes", new Layout(48, 12, 3, true)).config();
    assertEquals("600000", config.get("segment.ms"));
  }

  @Test
  void claims_of_those_who_are_long_gone_are_forgotten() {
    var config = planned("p.claims", new Layout(48, 12, 3, true)).config();
    assertEquals("compact,delete", config.get("cleanup.policy"));
    assertEquals("604800000", config.get("retention.ms"));
    assertEquals("2", config.get("min.insync.replicas"));
  }

  private static TopicPlan plan(Layout layout) {
    return TopicPlan.of(NAMES, layout, TIERS);
  }

  private static PlannedTopic planned(String name, Layout layout) {
    return plan(layout).topics().stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
