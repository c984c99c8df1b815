package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.queue.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaTableIT {
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final AtomicInteger CLOSED = new AtomicInteger();

  @Test
  void who_cannot_begin_to_read_tries_again_and_leaves_no_client_behind() throws Exception {
    var counted = Map.of("interceptor.classes", Counter.class.getName());
    var broker = TestBroker.shared().bootstrap();
    var cluster = new KafkaCluster(broker, new Topics("none."), counted);
    // Of a topic that cannot be, no broker knows the end.
    var table = new KafkaTable(cluster, "no topic", (_, _, _) -> {});
    var starting = Thread.ofVirtual().start(table::start);
    await().until(() -> MADE.get() >= 3);
    assertTrue(table.trouble().orElseThrow().startsWith("no topic is not read yet: starts anew"));
    starting.interrupt();
    starting.join();
    table.close();
    assertEquals(MADE.get(), CLOSED.get());
  }

  /// Of the consumers of this test. Kafka makes one for each.
  public static final class Counter implements ConsumerInterceptor<byte[], byte[]> {
    @Override
    public void configure(Map<String, ?> properties) {
      MADE.incrementAndGet();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }
}
