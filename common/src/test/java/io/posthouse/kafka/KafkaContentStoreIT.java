package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.ContentStore.ContentGone;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KafkaContentStoreIT {
  private final KafkaCluster cluster = TestTopics.create(KafkaContentStoreIT.class);
  private final KafkaMailQueue queue = TestTopics.queue(cluster, Sending.DEFAULT, "edge-1");
  private final KafkaContentStore contents =
      new KafkaContentStore(cluster, 3, Duration.ofSeconds(20));

  @BeforeAll
  void start() {
    queue.start();
  }

  @AfterAll
  void close() {
    queue.close();
    contents.close();
  }

  @Test
  void many_read_at_once_and_each_gets_its_own() throws InterruptedException, ExecutionException {
    var seed = 7719L;
    var random = new SplittableRandom(seed);
    var ids = IntStream.range(0, 40).mapToObj(_ -> Samples.queueId()).toList();
    var octets = ids.stream().map(_ -> octets(random)).toList();
    var places = IntStream.range(0, 40).mapToObj(i -> upload(ids.get(i), octets.get(i))).toList();
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> read =
          readers.invokeAll(
              IntStream.range(0, 400)
                  .<Callable<byte[]>>mapToObj(i -> () -> read(ids.get(i % 40), places.get(i % 40)))
                  .toList());
      for (int i = 0; i < 400; i++)
        assertArrayEquals(octets.get(i % 40), read.get(i).get(), "seed " + seed + ", " + i);
    }
  }

  @Test
  void content_below_the_start_of_the_log_is_gone_and_what_is_above_is_not() throws Exception {
    var gone = Samples.queueId();
    var place = upload(gone, new byte[100]);
    deleteUpTo(place.partition(), place.offsets().getLast() + 1);
    assertThrows(ContentGone.class, () -> contents.open(gone, place));
    // The reader goes on with what is there.
    var there = Samples.queueId();
    assertEquals(200, read(there, upload(there, new byte[200])).length);
  }

  @Test
  void content_beyond_the_end_of_the_log_may_yet_come() {
    var later = new Content.Chunked(0, List.of(1_000_000_000L), 10);
    var e = assertThrows(IOException.class, () -> contents.open(Samples.queueId(), later));
    assertTrue(!(e instanceof ContentGone), e::toString);
  }

  @Test
  void a_topic_that_is_not_there_is_no_reason_to_give_up() {
    try (var hasty = new KafkaContentStore(cluster, 1, Duration.ofMillis(500))) {
      var at = new RecordPosition(cluster.topics().remote() + ".lost", 0, 0);
      var e =
          assertThrows(
              IOException.class, () -> hasty.open(Samples.queueId(), new Content.InRecord(at, 10)));
      assertTrue(!(e instanceof ContentGone), e::toString);
    }
  }

  @Test
  void a_record_that_is_no_envelope_holds_no_content() {
    var id = Samples.queueId();
    var chunk = upload(id, new byte[] {1, 2, 3});
    var at =
        new RecordPosition(
            cluster.topics().content(), chunk.partition(), chunk.offsets().getFirst());
    assertThrows(ContentGone.class, () -> contents.open(id, new Content.InRecord(at, 3)));
  }

  @Test
  void who_waits_when_it_closes_is_answered() {
    var closing = new KafkaContentStore(cluster, 1, Duration.ofSeconds(20));
    closing.close();
    var chunk = new Content.Chunked(0, List.of(0L), 10);
    assertThrows(IOException.class, () -> closing.open(Samples.queueId(), chunk));
  }

  private void deleteUpTo(int partition, long offset)
      throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(cluster.client(Map.of(), Map.of()))) {
      var id = new TopicPartition(cluster.topics().content(), partition);
      admin.deleteRecords(Map.of(id, RecordsToDelete.beforeOffset(offset))).all().get();
    }
  }

  private byte[] read(QueueId id, Content content) throws IOException {
    try (var in = contents.open(id, content)) {
      return in.readAllBytes();
    }
  }

  private Content.Chunked upload(QueueId id, byte[] octets) {
    var upload = queue.upload(id);
    for (int from = 0; from < octets.length; from += 100_000)
      upload.write(Octets.of(octets, from, Math.min(100_000, octets.length - from)));
    return upload.finish().toCompletableFuture().join();
  }

  private static byte[] octets(SplittableRandom random) {
    var octets = new byte[1 + random.nextInt(300_000)];
    random.nextBytes(octets);
    return octets;
  }
}
