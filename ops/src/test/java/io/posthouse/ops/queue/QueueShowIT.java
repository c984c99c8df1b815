package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.ops.CommandRun;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is told of the content of a message that waits.
class QueueShowIT {
  private final KafkaCluster cluster = TestTopics.create(QueueShowIT.class);
  private final KafkaMailQueue queue = TestTopics.queue(cluster, Sending.DEFAULT, "worker-1");

  @BeforeEach
  void open() {
    queue.start();
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void content_that_the_log_has_is_there() {
    var message = Samples.message(Samples.CAROL);
    var shown = show(deferred(message, put(message)));
    assertTrue(shown.contains(", there\""), shown);
  }

  @Test
  void content_that_the_log_has_no_more_is_gone_with_the_reason() {
    var other = Samples.message(Samples.CAROL);
    var shown = show(deferred(Samples.message(Samples.DAVE), put(other)));
    assertTrue(shown.contains(", gone: "), shown);
    assertTrue(shown.contains("a record of " + other.queueId()), shown);
  }

  /// Where its record is.
  private RecordPosition put(Envelope message) {
    queue.put(message).toCompletableFuture().join();
    return TestTopics.records(cluster, cluster.topics().remote()).getLast().position();
  }

  private Envelope deferred(Envelope message, RecordPosition content) {
    var now = Instant.now();
    var attempt = new Attempt(now, "worker-1", "mx1[192.0.2.1]:25", "452 4.2.2 full");
    var waiting =
        message
            .withContent(new Content.InRecord(content, message.size()))
            .deferred(attempt, now.plus(Duration.ofMinutes(5)));
    queue.defer(waiting, Duration.ofMinutes(5)).toCompletableFuture().join();
    return waiting;
  }

  private String show(Envelope waiting) {
    var shown =
        CommandRun.of(
            "queue",
            "show",
            waiting.queueId().text(),
            "--format",
            "json",
            "--bootstrap",
            TestBroker.shared().bootstrap(),
            "--set",
            "kafka.topic_prefix=" + cluster.topics().prefix());
    assertEquals(0, shown.exitCode(), shown.errors());
    return shown.text();
  }
}
