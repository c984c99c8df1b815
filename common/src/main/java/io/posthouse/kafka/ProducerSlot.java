package io.posthouse.kafka;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/// A producer that is made when it is needed, and made anew after it has failed for good. For one
/// thread at a time.
final class ProducerSlot {
  /// While the cluster cannot be found, how long until we look again.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable RuntimeException failure;
  private long failedAt;

  /// @param producers throws while the cluster cannot be found
  ProducerSlot(Supplier<Producer<byte[], byte[]>> producers) {
    this.producers = producers;
  }

  /// The producer.
  ///
  /// @throws RuntimeException if there is none now
  Producer<byte[], byte[]> get() {
    var there = producer;
    return there == null ? make() : there;
  }

  /// Gives it so long for what it holds, and lets go of it.
  void drop(Duration deadline) {
    var gone = producer;
    producer = null;
    if (gone != null) gone.close(deadline);
  }

  private Producer<byte[], byte[]> make() {
    var before = failure;
    if (before != null && System.nanoTime() - failedAt < PAUSE.toNanos()) throw before;
    try {
      var made = producers.get();
      producer = made;
      failure = null;
      return made;
    } catch (RuntimeException e) {
      failure = e;
      failedAt = System.nanoTime();
      throw e;
    }
  }
}
