package io.posthouse.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Samples;
import io.posthouse.queue.Topics;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class KafkaEventSinkIT {
  private final Metrics metrics = new Metrics();

  @Test
  void events_of_a_message_lie_in_their_order_under_its_id() {
    var cluster = TestTopics.create(KafkaEventSinkIT.class);
    var sink = new KafkaEventSink(cluster, metrics);
    sink.start();
    var id = Samples.queueId();
    for (int i = 0; i < 100; i++) sink.put(Optional.of(id), ("{\"n\":" + i + "}").getBytes(UTF_8));
    sink.put(Optional.empty(), "{}".getBytes(UTF_8));
    sink.drain(Duration.ofSeconds(20));
    sink.close();

    var records = TestTopics.consumed(cluster, cluster.topics().events());
    assertEquals(
        IntStream.range(0, 100).mapToObj(i -> "{\"n\":" + i + "}").toList(),
        records.stream()
            .filter(record -> record.key() != null)
            .filter(record -> new String(record.key(), UTF_8).equals(id.text()))
            .map(KafkaEventSinkIT::text)
            .toList());
    assertEquals(
        List.of("{}"),
        records.stream().filter(r -> r.key() == null).map(KafkaEventSinkIT::text).toList());
    assertEquals(0, dropped());
  }

  @Test
  void what_kafka_does_not_take_is_counted_and_nobody_waits_for_it() {
    var nowhere = new KafkaCluster("127.0.0.1:1", new Topics(""));
    var sink = new KafkaEventSink(nowhere, metrics);
    sink.start();
    for (int i = 0; i < 10_000; i++) sink.put(Optional.empty(), new byte[1000]);
    assertTrue(dropped() > 0);
    sink.close();
    assertEquals(10_000, dropped());
  }

  private int dropped() {
    return metrics.registry().getSampleValue("mail_events_dropped_total").intValue();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }
}
