package io.posthouse.kafka;

import io.posthouse.message.RecordPosition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Threads with a [RecordReader] each, because a Kafka consumer blocks the carrier of a virtual
/// thread and serves one thread at a time.
final class ReaderPool implements AutoCloseable {
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final long patienceNanos;
  private final List<Thread> threads;
  private volatile boolean closed;

  /// @param patience for one record, the wait for a reader included
  ReaderPool(KafkaCluster cluster, int readers, Duration patience) {
    this.patienceNanos = patience.toNanos();
    this.threads =
        IntStream.range(0, readers)
            .mapToObj(i ->
                Thread.ofPlatform()
                    .name("content-reader-" + i)
                    .daemon()
                    .start(() -> run(new RecordReader(cluster))))
            .toList();
  }

  private record Request(
      RecordPosition at, long deadline, CompletableFuture<ConsumerRecord<byte[], byte[]>> answer) {}

  /// The record at a position; see [RecordReader#read].
  ConsumerRecord<byte[], byte[]> read(RecordPosition at) throws IOException {
    if (closed) throw new IOException(at + ": shutting down");
    var answer = new CompletableFuture<ConsumerRecord<byte[], byte[]>>();
    requests.add(new Request(at, System.nanoTime() + patienceNanos, answer));
    try {
      // The reader keeps the deadline; this is for a reader that is no more.
      return answer.get(2 * patienceNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) throw cause;
      throw new IOException(at + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(at + ": no reader was free", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(at + ": interrupted");
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }

  private void run(RecordReader reader) {
    try {
      while (!closed) serve(requests.take(), reader);
    } catch (InterruptedException closing) {
      refuseAll();
    } finally {
      // A consumer does not close in an interrupted thread.
      var _ = Thread.interrupted();
      reader.close();
    }
  }

  private static void serve(Request request, RecordReader reader) {
    try {
      request.answer().complete(reader.read(request.at(), request.deadline()));
    } catch (IOException | RuntimeException e) {
      request.answer().completeExceptionally(e);
    }
  }

  private void refuseAll() {
    for (var request = requests.poll(); request != null; request = requests.poll())
      request.answer().completeExceptionally(new IOException(request.at() + ": shutting down"));
  }
}
