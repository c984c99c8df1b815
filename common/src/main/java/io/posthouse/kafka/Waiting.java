package io.posthouse.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A record in a lane, from when it came until it is answered.
final class Waiting {
  /// What a record costs beyond its octets, about.
  private static final long OVERHEAD = 200;

  final ProducerRecord<byte[], byte[]> record;
  final long octets;
  final long since = System.nanoTime();
  final CompletableFuture<Sent> answer = new CompletableFuture<>();
  private final AtomicBoolean answered = new AtomicBoolean();

  Waiting(ProducerRecord<byte[], byte[]> record) {
    this.record = record;
    this.octets = OVERHEAD + record.value().length;
  }

  /// Whether the caller may answer, which only the first may.
  boolean claim() {
    return answered.compareAndSet(false, true);
  }
}
