package io.posthouse.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The producers of the queue: idempotent, and content with all replicas in sync only.
record Producers(KafkaCluster cluster, Sending sending) {
  /// Of one partition; below the longest record a topic takes, because a topic counts batches.
  private static final int BATCH = 900 << 10;

  /// Many small records from many sessions share few large appends: the lever of the whole accept
  /// path.
  Producer<byte[], byte[]> envelopes() {
    return producer(
        Map.of(
            "batch.size", Integer.toString(BATCH),
            "linger.ms", millis(sending.linger()),
            // While one append is on its way, all others gather for the next: where each is
            // flushed to disk, this doubles what a broker takes (five in flight, of a few records
            // each, are five flushes).
            "max.in.flight.requests.per.connection", "1",
            // A batch takes its full size from here, however little is in it.
            "buffer.memory", Long.toString(2 * sending.memory())),
        PROMISES);
  }

  /// A chunk is a batch of its own, because a read fetches whole batches.
  Producer<byte[], byte[]> chunks() {
    return producer(
        Map.of(
            "batch.size", "16384",
            "linger.ms", "0",
            "buffer.memory", Long.toString(sending.memory())),
        PROMISES);
  }

  /// Events wait for company, and what rests on them waits with them: less long than anybody would
  /// notice.
  Producer<byte[], byte[]> events() {
    return producer(
        Map.of(
            "batch.size", "65536",
            "linger.ms", "20",
            "buffer.memory", Long.toString(2 * sending.memory())),
        PROMISES);
  }

  /// How long a record may wait for its lane. With the times below it stays within the patience.
  Duration laneWait() {
    return sending.patience().dividedBy(5);
  }

  private Producer<byte[], byte[]> producer(Map<String, String> shape, Map<String, String> musts) {
    var defaults = new HashMap<>(shape);
    var delivery = sending.patience().multipliedBy(11).dividedBy(20);
    defaults.put("max.block.ms", millis(sending.patience().dividedBy(5)));
    defaults.put("delivery.timeout.ms", millis(delivery));
    // Two tries at least, where a broker has died without a word.
    defaults.put("request.timeout.ms", millis(delivery.dividedBy(2)));
    defaults.put("max.request.size", Integer.toString(TopicPlan.LONGEST_DEAD_LETTER));
    var serializer = new ByteArraySerializer();
    return new KafkaProducer<>(cluster.client(defaults, musts), serializer, serializer);
  }

  // A 250 rests on these, and that no recipient gets a message twice.
  private static final Map<String, String> PROMISES =
      Map.of("acks", "all", "enable.idempotence", "true");

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }
}
