package io.posthouse.kafka;

import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// How a chunk of content lies in its topic: keyed by its queue id, so that all chunks of a message
/// share a partition, and numbered from 0 in a header, so that a reader can tell that it reads what
/// was meant.
final class ChunkRecord {
  private static final String NUMBER = "chunk";

  private ChunkRecord() {}

  static ProducerRecord<byte[], byte[]> of(String topic, QueueId id, int number, Octets chunk) {
    var record = new ProducerRecord<>(topic, key(id), chunk.sharedArray());
    record.headers().add(NUMBER, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    return record;
  }

  static boolean isChunk(ConsumerRecord<byte[], byte[]> record, QueueId id, int number) {
    var header = record.headers().lastHeader(NUMBER);
    return Arrays.equals(record.key(), key(id))
        && header != null
        && header.value().length == Integer.BYTES
        && ByteBuffer.wrap(header.value()).getInt() == number;
  }

  private static byte[] key(QueueId id) {
    return id.text().getBytes(StandardCharsets.US_ASCII);
  }
}
