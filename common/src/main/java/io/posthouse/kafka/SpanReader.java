package io.posthouse.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads stretches of the log, several at a time, in no group: nobody's work is touched, and no
/// more than some megabytes are in memory, however long the stretches are.
final class SpanReader {
  private static final int MOST_AT_ONCE = 4;
  private static final long PIECE = 50_000;
  private static final Duration TURN = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaCluster cluster;
  private final Duration standstill;

  SpanReader(KafkaCluster cluster) {
    this(cluster, HeldUp.PATIENCE);
  }

  /// @param standstill for how long a partition may not go on
  SpanReader(KafkaCluster cluster, Duration standstill) {
    this.cluster = cluster;
    this.standstill = standstill;
  }

  /// Is told what lies in a span, by several threads at once, each with another span.
  @FunctionalInterface
  interface Visitor {
    /// Takes notice, and says whether to go on.
    ///
    /// @param records some of the span, in the order of the log; may be none
    /// @param passed how many offsets of the span lie behind us since the last call
    boolean visit(List<ConsumerRecord<byte[], byte[]>> records, long passed);
  }

  /// Reads all spans, or until the visitor has enough. What was deleted meanwhile is passed over,
  /// and the end of a transaction in a span is waited for.
  ///
  /// @throws KafkaUnreachable if a partition does not go on for too long, with the reason
  void read(Collection<Span> spans, Visitor visitor) throws KafkaUnreachable {
    var pieces = new ConcurrentLinkedQueue<Span>();
    spans.forEach(span -> pieces.addAll(span.pieces(PIECE)));
    var readers = Math.min(pieces.size(), MOST_AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ends =
          IntStream.range(0, readers)
              .mapToObj(_ -> threads.submit(() -> readSome(pieces, visitor)))
              .toList();
      for (var end : ends) await(end);
    }
  }

  private void await(Future<?> end) throws KafkaUnreachable {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw new KafkaUnreachable(cluster, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachable(cluster, e);
    }
  }

  private void readSome(Queue<Span> pieces, Visitor visitor) {
    var bytes = new ByteArrayDeserializer();
    var consumer = new KafkaConsumer<>(cluster.client(SHAPE, MUSTS), bytes, bytes);
    try {
      for (var next = pieces.poll(); next != null; next = pieces.poll())
        if (!readOne(consumer, next, visitor)) pieces.clear();
    } catch (RuntimeException e) {
      pieces.clear();
      throw e;
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private boolean readOne(Consumer<byte[], byte[]> consumer, Span span, Visitor visitor) {
    consumer.assign(List.of(span.id()));
    consumer.seek(span.id(), span.from());
    var at = span.from();
    for (var heard = System.nanoTime(); at < span.to(); ) {
      var records = consumer.poll(TURN).records(span.id());
      // Markers of transactions are offsets, too, and what was deleted is no more.
      var next = Math.min(span.to(), consumer.position(span.id(), PATIENCE));
      if (next > at) heard = System.nanoTime();
      else if (System.nanoTime() - heard > standstill.toNanos())
        throw HeldUp.orSilence(consumer, span.id(), at);
      var ours = records.stream().filter(record -> record.offset() < span.to()).toList();
      if (!visitor.visit(ours, next - at)) return false;
      at = next;
    }
    return true;
  }

  private static final Map<String, String> SHAPE =
      Map.of(
          "max.poll.records",
          "2000",
          "max.partition.fetch.bytes",
          Integer.toString(1 << 20),
          "fetch.max.bytes",
          Integer.toString(2 << 20),
          "default.api.timeout.ms",
          "10000");

  private static final Map<String, String> MUSTS =
      Map.of(
          // What was deleted meanwhile, nobody needs any more.
          "auto.offset.reset", "earliest",
          "isolation.level", "read_committed",
          "enable.auto.commit", "false",
          "allow.auto.create.topics", "false");
}
