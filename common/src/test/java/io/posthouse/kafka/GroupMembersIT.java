package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.embedded.EmbeddedKafka.Settings;
import io.posthouse.queue.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Readers come and go, and so does the broker.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GroupMembersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String GROUP = "deliver";

  @Test
  void it_counts_the_readers_that_live_and_forgets_none_while_kafka_is_away(
      @TempDir Path directory) {
    var kafka = EmbeddedKafka.start(Settings.in(directory).withFsync(false));
    try (var queue = new TestQueue(kafka.bootstrap(), new Topics(""))) {
      queue.create(3, queue.topics().remote());
      var members = new GroupMembers(queue.cluster(), GROUP, Duration.ofMillis(200));
      members.start();
      var one = reader(queue, "a");
      var other = reader(queue, "b");
      try {
        await().atMost(PATIENCE).until(() -> members.live() == 2);
        other.close();
        await().atMost(PATIENCE).until(() -> members.live() == 1);
        other = reader(queue, "b");
        await().atMost(PATIENCE).until(() -> members.live() == 2);
        members.close();
        kafka.close();
        members.ask();
        assertEquals(2, members.live());
      } finally {
        members.close();
        one.close();
        other.close();
      }
    } finally {
      kafka.close();
    }
  }

  @Test
  void a_group_that_nobody_has_joined_counts_as_one() {
    try (var queue = TestQueue.fresh(GroupMembersIT.class)) {
      var members = new GroupMembers(queue.cluster(), queue.topics().prefix() + GROUP);
      members.ask();
      assertEquals(1, members.live());
      members.close();
    }
  }

  private static LedgerReader reader(TestQueue queue, String instance) {
    var settings = LedgerSettings.of(GROUP, instance, List.of(queue.topics().remote()));
    var reader =
        new LedgerReader(
            queue.cluster(),
            settings,
            RecordingIntake.settlingAll(),
            new RecordingDeadLetters(0),
            _ -> {},
            InstantSource.system());
    reader.start();
    return reader;
  }
}
