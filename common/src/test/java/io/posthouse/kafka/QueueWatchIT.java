package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Samples;
import io.posthouse.telemetry.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueWatchIT {
  private final TestQueue queue = TestQueue.fresh(QueueWatchIT.class);
  private final QueueWatch watch = new QueueWatch(queue.cluster(), InstantSource.system());

  @BeforeEach
  void topics() {
    var topics = queue.topics();
    queue.create(2, topics.remote(), topics.local(), topics.held(), topics.dead());
  }

  @AfterEach
  void close() {
    watch.close();
    queue.close();
  }

  @Test
  void an_empty_queue_holds_nothing_and_has_forgotten_nothing() throws Exception {
    assertEquals(new QueueWatch.View(0, 0, Optional.empty()), watch.look());
  }

  @Test
  void what_is_held_and_what_is_dead_is_counted() throws Exception {
    queue.put(queue.topics().held(), List.of(Samples.message(Samples.CAROL)));
    queue.put(queue.topics().dead(), 0, new byte[] {1});
    queue.put(queue.topics().dead(), 0, new byte[] {2});
    queue.put(queue.topics().remote(), List.of(Samples.message(Samples.CAROL)));
    assertEquals(new QueueWatch.View(2, 1, Optional.empty()), watch.look());
  }

  @Test
  void a_replay_reaches_back_to_the_first_record_that_is_left() throws Exception {
    var before = Instant.now().minusSeconds(1);
    var remote = queue.topics().remote();
    for (int i = 0; i < 3; i++) queue.put(remote, 0, new byte[] {1});
    try (var admin = Admin.create(queue.cluster().client(Map.of(), Map.of()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(remote, 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }
    var reach = watch.look().reach().orElseThrow();
    assertTrue(
        reach.isAfter(before) && !reach.isAfter(Instant.now().plusSeconds(1)), reach::toString);
  }

  @Test
  void what_it_sees_is_among_the_metrics() {
    queue.put(queue.topics().dead(), 0, new byte[] {1});
    var metrics = new Metrics();
    watch.showIn(metrics);
    watch.start();
    Awaitility.await()
        .until(
            () -> Double.valueOf(1).equals(metrics.registry().getSampleValue("mail_dead_letters")));
    assertEquals(0.0, metrics.registry().getSampleValue("mail_held_messages"));
    assertEquals(
        Double.POSITIVE_INFINITY, metrics.registry().getSampleValue("mail_replay_reach_seconds"));
  }
}
