package io.posthouse.kafka;

import io.posthouse.kafka.Sent.Durable;
import io.posthouse.kafka.Sent.Lost;
import io.posthouse.kafka.Sent.TooLong;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// The way to one producer. A producer's `send` may block (metadata, a full buffer), so it is
/// called on a thread of the lane's own; who brings a record never waits.
///
/// Every record is answered once, whatever Kafka does: Kafka gives a record up after its delivery
/// time-out, the lane what has waited too long for the thread.
final class Lane {
  private static final String SHUTTING_DOWN = "shutting down";
  private static final Waiting END =
      new Waiting(new ProducerRecord<>("end", new byte[0], new byte[0]));

  // Of the lane's thread alone, until that has ended.
  private final ProducerSlot slot;
  private final long memory;
  private final long patienceNanos;
  private final Watcher watcher;
  private final Executor answers;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong held = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /// @param producers makes a producer, again where one has failed for good; may throw while the
  ///   cluster cannot be found
  /// @param memory octets above which records are refused at once
  /// @param patience how long a record may wait for the thread
  /// @param watcher hears how Kafka takes the records
  /// @param answers runs the answers, which must not hold up the producer's own thread
  Lane(
      String name,
      Supplier<Producer<byte[], byte[]>> producers,
      long memory,
      Duration patience,
      Watcher watcher,
      Executor answers) {
    this.slot = new ProducerSlot(producers);
    this.memory = memory;
    this.patienceNanos = patience.toNanos();
    this.watcher = watcher;
    this.answers = answers;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /// Hears what becomes of the records; called on the lane's or the producer's thread.
  interface Watcher {
    /// Kafka has a record, so long after it came.
    void durable(Duration after);

    /// A record is lost, for whatever reason.
    void lost();

    /// Kafka does not take what it should.
    void failed(String why);
  }

  void start() {
    thread.start();
  }

  /// Returns at once.
  CompletionStage<Sent> send(ProducerRecord<byte[], byte[]> record) {
    var one = new Waiting(record);
    if (held.addAndGet(one.octets) > memory) {
      lose(one, "more than " + memory + " octets wait for Kafka already");
      return one.answer;
    }
    waiting.add(one);
    // The thread may have ended between our coming and our queueing.
    if (closed && waiting.remove(one)) lose(one, SHUTTING_DOWN);
    return one.answer;
  }

  /// Octets of records that are not answered yet.
  long held() {
    return held.get();
  }

  /// Takes nothing more and gives Kafka so long for what it holds; what is left then is lost.
  void close(Duration deadline) {
    if (closed) return;
    closed = true;
    if (thread.getState() == Thread.State.NEW) thread.start();
    waiting.add(END);
    try {
      if (!thread.join(deadline)) thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseAll();
    slot.drop(deadline);
  }

  private void run() {
    warmUp();
    try {
      for (var one = waiting.take(); one != END; one = waiting.take()) hand(one);
    } catch (InterruptedException deadline) {
      refuseAll();
    }
  }

  private void refuseAll() {
    for (var one = waiting.poll(); one != null; one = waiting.poll())
      if (one != END) lose(one, SHUTTING_DOWN);
  }

  /// So that the first record does not wait for a connection.
  private void warmUp() {
    try {
      var _ = slot.get();
    } catch (RuntimeException notYet) {
      watcher.failed(Why.of(notYet));
    }
  }

  private void hand(Waiting one) {
    if (System.nanoTime() - one.since > patienceNanos) {
      lose(one, "waited too long for Kafka to take the records before it");
      return;
    }
    try {
      var _ = slot.get().send(one.record, (at, trouble) -> hear(one, at, trouble));
    } catch (InterruptException closing) {
      lose(one, SHUTTING_DOWN);
    } catch (RuntimeException | Error e) {
      // What send throws, rather than tells the callback, is the end of this producer.
      lose(one, Why.of(e));
      watcher.failed(Why.of(e));
      slot.drop(Duration.ZERO);
    }
  }

  private void hear(Waiting one, RecordMetadata at, @Nullable Exception trouble) {
    if (trouble == null) {
      watcher.durable(Duration.ofNanos(System.nanoTime() - one.since));
      var _ = answer(one, new Durable(at.partition(), at.offset()));
      return;
    }
    // Too large is the record's own fault: Kafka is well.
    if (trouble instanceof RecordTooLargeException) {
      lose(one, new TooLong(Why.of(trouble)));
      return;
    }
    lose(one, Why.of(trouble));
    watcher.failed(Why.of(trouble));
  }

  private void lose(Waiting one, String why) {
    lose(one, new Lost(why));
  }

  private void lose(Waiting one, Sent how) {
    if (answer(one, how)) watcher.lost();
  }

  /// Whether this was the first answer, which alone counts.
  private boolean answer(Waiting one, Sent sent) {
    if (!one.claim()) return false;
    held.addAndGet(-one.octets);
    one.answer.completeAsync(() -> sent, answers);
    return true;
  }
}
