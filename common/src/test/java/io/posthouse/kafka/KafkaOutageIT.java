package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.queue.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker of its own, because it goes and comes.
final class KafkaOutageIT {
  private static final Sending SENDING = Sending.DEFAULT.withPatience(Duration.ofSeconds(4));

  @TempDir Path directory;

  @Test
  void while_kafka_is_down_every_answer_is_no_and_afterwards_it_is_yes_again() throws IOException {
    var broker = start(0);
    var cluster = new KafkaCluster(broker.bootstrap(), new Topics("outage."));
    TestTopics.create(cluster);
    var queue = TestTopics.queue(cluster, SENDING, "edge-1");
    var contents = new KafkaContentStore(cluster, 1, Duration.ofSeconds(2));
    queue.start();
    var id = Samples.queueId();
    var content = upload(queue, id);
    queued(queue);

    broker.close();
    notQueued(queue);
    assertThrows(CompletionException.class, () -> upload(queue, Samples.queueId()));
    assertTrue(queue.trouble().orElseThrow().startsWith("Kafka takes no mail since "));
    var unreachable = assertThrows(IOException.class, () -> contents.open(id, content));
    assertTrue(!(unreachable instanceof ContentGone), unreachable::toString);

    try (var _ = start(broker.port())) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> put(queue) instanceof Put.Queued);
      assertEquals(Optional.empty(), queue.trouble());
      assertEquals(5, contents.open(id, content).readAllBytes().length);
      queue.close();
      contents.close();
    }
  }

  @Test
  void a_node_that_starts_before_kafka_takes_mail_once_kafka_is_there() {
    int port;
    try (var reserved = start(0)) {
      port = reserved.port();
      TestTopics.create(new KafkaCluster(reserved.bootstrap(), new Topics("early.")));
    }
    var cluster = new KafkaCluster("127.0.0.1:" + port, new Topics("early."));
    var queue = TestTopics.queue(cluster, SENDING, "edge-1");
    queue.start();
    notQueued(queue);
    try (var _ = start(port)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> put(queue) instanceof Put.Queued);
      assertEquals(Optional.empty(), queue.trouble());
      queue.close();
    }
  }

  @Test
  void a_name_that_cannot_be_found_is_an_outage_like_any_other() {
    var cluster = new KafkaCluster("kafka.invalid:9092", new Topics("nowhere."));
    var queue = TestTopics.queue(cluster, SENDING, "edge-1");
    queue.start();
    notQueued(queue);
    assertTrue(queue.trouble().isPresent());
    queue.close();
  }

  private EmbeddedKafka start(int port) {
    return EmbeddedKafka.start(
        EmbeddedKafka.Settings.in(directory).withPort(port).withFsync(false));
  }

  private static void queued(KafkaMailQueue queue) {
    assertInstanceOf(Put.Queued.class, put(queue));
  }

  private static void notQueued(KafkaMailQueue queue) {
    assertInstanceOf(Put.NotQueued.class, put(queue));
  }

  private static Put put(KafkaMailQueue queue) {
    return queue.put(Samples.message(Samples.ALICE)).toCompletableFuture().join();
  }

  private static Content.Chunked upload(KafkaMailQueue queue, QueueId id) {
    var upload = queue.upload(id);
    upload.write(Octets.utf8("chunk"));
    return upload.finish().toCompletableFuture().join();
  }
}
