package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.embedded.TestBroker;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PipeCrashIT {
  private static final int MESSAGES = 20_000;
  private static final int PARTITIONS = 4;
  private static final int KILLS = 4;

  @Test
  void whoever_is_killed_nothing_is_lost_and_nothing_is_moved_twice() {
    try (var queue = TestQueue.fresh(PipeCrashIT.class)) {
      var topics = queue.topics();
      var retry = topics.retry(KilledPipes.TIER);
      queue.create(
          PARTITIONS, topics.split(), topics.remoteDue(), topics.localDue(), topics.held(), retry);
      queue.create(1, topics.control());
      var split = queue(queue, topics.split(), this::forTwo);
      var deferred = queue(queue, retry, this::deferred);

      for (int kill = 1; kill <= KILLS; kill++) {
        long progress = 3L * MESSAGES * kill / (KILLS + 2);
        try (var victim = victim(queue)) {
          await()
              .atMost(Duration.ofMinutes(2))
              .pollInterval(Duration.ofMillis(20))
              .until(() -> written(queue) >= progress || !victim.isAlive());
        }
      }
      try (var _ = victim(queue)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> queue.read(topics.remoteDue()).size() >= 2 * MESSAGES);
      }
      assertEquals(once(split, deferred), count(queue.envelopes(topics.remoteDue())));
      assertEquals(once(split), count(queue.envelopes(topics.localDue())));
    }
  }

  private static ChildJvm victim(TestQueue queue) {
    return ChildJvm.run(
        KilledPipes.class, TestBroker.shared().bootstrap(), queue.topics().prefix());
  }

  /// Offsets so far, open transactions included, so that some kills hit one.
  private static long written(TestQueue queue) {
    return Stream.of(queue.topics().remoteDue(), queue.topics().localDue())
        .flatMap(topic ->
            Stream.iterate(0, i -> i < PARTITIONS, i -> i + 1)
                .map(i -> new TopicPartition(topic, i)))
        .mapToLong(id -> end(queue, id))
        .sum();
  }

  private static long end(TestQueue queue, TopicPartition id) {
    var asked = queue.admin().listOffsets(Map.of(id, OffsetSpec.latest())).partitionResult(id);
    return TestQueue.get(asked.toCompletionStage().toCompletableFuture()).offset();
  }

  private static List<QueueId> queue(TestQueue queue, String topic, Supplier<Envelope> make) {
    var messages = Stream.generate(make).limit(MESSAGES).toList();
    queue.put(topic, messages);
    return messages.stream().map(Envelope::queueId).toList();
  }

  private Envelope forTwo() {
    return Samples.message(Samples.CAROL, Samples.BOB);
  }

  private Envelope deferred() {
    return Samples.message(
        new Content.InRecord(new RecordPosition("remote", 0, 42), 100), Samples.DAVE);
  }

  @SafeVarargs
  private static Map<QueueId, Long> once(List<QueueId>... ids) {
    var all = new ArrayList<QueueId>();
    for (var some : ids) all.addAll(some);
    return all.stream().collect(Collectors.toMap(Function.identity(), _ -> 1L));
  }

  private static Map<QueueId, Long> count(List<Envelope> envelopes) {
    return envelopes.stream()
        .collect(Collectors.groupingBy(Envelope::queueId, Collectors.counting()));
  }
}
