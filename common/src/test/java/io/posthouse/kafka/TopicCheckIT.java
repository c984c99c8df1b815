package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.embedded.TestBroker;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.queue.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicCheckIT {
  @Test
  void a_role_starts_on_sound_topics() {
    var check = check(TestTopics.create(TopicCheckIT.class));
    check.start();
    assertEquals(Optional.empty(), check.trouble());
    check.close();
  }

  @Test
  void a_role_does_not_start_without_its_topics_and_says_which() {
    var broker = TestBroker.shared();
    var cluster =
        new KafkaCluster(broker.bootstrap(), new Topics(broker.freshPrefix(TopicCheckIT.class)));
    var check = check(cluster);
    var e = assertThrows(CannotStartException.class, check::start);
    for (var topic : TestTopics.plan(cluster).topics())
      assertTrue(String.valueOf(e.getMessage()).contains("error: " + topic.name() + ": missing"));
    check.close();
  }

  @Test
  void a_role_that_starts_before_kafka_is_ready_once_the_topics_are_sound(@TempDir Path data) {
    int port;
    try (var reserved = start(data, 0)) {
      port = reserved.port();
    }
    var cluster = new KafkaCluster("127.0.0.1:" + port, new Topics("early."));
    var check = check(cluster);
    check.start();
    assertTrue(check.trouble().orElseThrow().startsWith("topics: not checked yet: Kafka at "));
    try (var _ = start(data, port)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> check.trouble().orElseThrow().contains("missing"));
      TestTopics.create(cluster);
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> check.trouble().isEmpty());
      check.close();
    }
  }

  private static TopicCheck check(KafkaCluster cluster) {
    return new TopicCheck(new TopicAdmin(cluster, Duration.ofSeconds(3)), TestTopics.plan(cluster));
  }

  private static EmbeddedKafka start(Path data, int port) {
    return EmbeddedKafka.start(EmbeddedKafka.Settings.in(data).withPort(port).withFsync(false));
  }
}
