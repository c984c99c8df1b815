package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DeadLetters;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.queue.MailQueueContract;
import io.posthouse.queue.StoredRecord;
import io.posthouse.queue.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KafkaMailQueueIT implements MailQueueContract {
  private final KafkaCluster cluster = TestTopics.create(KafkaMailQueueIT.class);
  private final KafkaMailQueue queue = TestTopics.queue(cluster, Sending.DEFAULT, "edge-1");
  private final KafkaContentStore contents =
      new KafkaContentStore(cluster, 2, Duration.ofSeconds(20));

  @BeforeAll
  void start() {
    queue.start();
  }

  @AfterAll
  void close() {
    queue.close();
    contents.close();
  }

  @Override
  public MailQueue queue() {
    return queue;
  }

  @Override
  public DeadLetters deadLetters() {
    return queue;
  }

  @Override
  public ContentStore contents() {
    return contents;
  }

  @Override
  public Topics topics() {
    return cluster.topics();
  }

  @Override
  public List<StoredRecord> records(String topic) {
    return TestTopics.records(cluster, topic);
  }

  @Test
  void it_is_ready_as_soon_as_kafka_answers() {
    Awaitility.await().until(() -> queue.trouble().equals(Optional.empty()));
  }

  @Test
  void what_was_put_before_a_drain_is_durable_after_it() {
    var leaving = TestTopics.queue(cluster, Sending.DEFAULT, "edge-2");
    leaving.start();
    var answers =
        IntStream.range(0, 1000)
            .mapToObj(_ -> leaving.put(Samples.message(Samples.DAVE)).toCompletableFuture())
            .toList();
    leaving.drain(Duration.ofSeconds(20));
    CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).join();
    answers.forEach(answer -> assertInstanceOf(Put.Queued.class, answer.join()));
    assertEquals(0, leaving.waiting());
    leaving.close();
  }

  @Test
  void after_it_is_closed_it_takes_nothing() {
    var closed = TestTopics.queue(cluster, Sending.DEFAULT, "edge-3");
    closed.start();
    closed.close();
    closed.close();
    var answer = closed.put(Samples.message(Samples.DAVE)).toCompletableFuture().join();
    assertEquals(new Put.NotQueued("shutting down"), answer);
  }

  @Test
  void a_record_kafka_finds_too_long_is_not_queued_and_troubles_nobody() {
    Awaitility.await().until(() -> queue.trouble().isEmpty());
    var tooLong = new Content.Inline(Octets.of(new byte[3 << 20]));
    var answer = queue.put(Samples.message(tooLong, Samples.CAROL)).toCompletableFuture().join();
    assertInstanceOf(Put.NotQueued.class, answer);
    assertEquals(Optional.empty(), queue.trouble());
  }
}
