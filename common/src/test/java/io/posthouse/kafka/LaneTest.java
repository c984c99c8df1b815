package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.Sent.Durable;
import io.posthouse.kafka.Sent.Lost;
import io.posthouse.kafka.Sent.TooLong;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LaneTest {
  private static final long MEMORY = 10_000;

  private final Pulse pulse = new Pulse(InstantSource.system(), _ -> {});
  private final QueueMetrics watcher = new QueueMetrics(pulse, new Metrics());
  private final ArrayDeque<Producer<byte[], byte[]>> producers = new ArrayDeque<>();
  private final Lane lane = lane(Duration.ofSeconds(30));

  @AfterEach
  void close() {
    lane.close(Duration.ZERO);
  }

  @Test
  void a_record_kafka_has_is_durable_at_its_place() {
    start(new FakeProducer(true));
    assertEquals(new Durable(0, 0), send().join());
    assertEquals(new Durable(0, 1), send().join());
    assertEquals(0, lane.held());
    assertTrue(pulse.trouble().isEmpty());
  }

  @Test
  void a_record_kafka_gives_up_is_lost_and_the_pulse_with_it() {
    var producer = start(new FakeProducer(false));
    var answer = send();
    Awaitility.await().until(() -> producer.errorNext(new NotEnoughReplicasException("1 of 2")));
    assertEquals(new Lost("NotEnoughReplicasException: 1 of 2"), answer.join());
    assertEquals(0, lane.held());
    assertTrue(pulse.trouble().orElseThrow().endsWith("NotEnoughReplicasException: 1 of 2"));
  }

  @Test
  void a_record_that_is_too_long_says_nothing_about_kafka() {
    var producer = start(new FakeProducer(false));
    pulse.beat();
    var answer = send();
    Awaitility.await().until(() -> producer.errorNext(new RecordTooLargeException("2 MB")));
    assertEquals(new TooLong("RecordTooLargeException: 2 MB"), answer.join());
    assertTrue(pulse.trouble().isEmpty());
  }

  @Test
  void who_brings_a_record_never_waits_though_the_producer_does() {
    var producer = start(new FakeProducer(true));
    producer.block();
    var answers = IntStream.range(0, 5).mapToObj(_ -> send()).toList();
    assertTrue(answers.stream().noneMatch(CompletableFuture::isDone));
    producer.unblock();
    answers.forEach(answer -> assertInstanceOf(Durable.class, answer.join()));
  }

  @Test
  void beyond_its_memory_a_record_is_refused_at_once_until_there_is_room_again() {
    var producer = start(new FakeProducer(true));
    producer.block();
    var half = send(5000);
    assertEquals(new Lost("more than 10000 octets wait for Kafka already"), send(5000).join());
    producer.unblock();
    half.join();
    assertInstanceOf(Durable.class, send(5000).join());
  }

  @Test
  void a_record_that_waited_too_long_is_not_sent_any_more() {
    var hasty = lane(Duration.ZERO);
    var producer = new FakeProducer(true);
    producers.add(producer);
    hasty.start();
    var answer = hasty.send(record(1)).toCompletableFuture().join();
    assertEquals(new Lost("waited too long for Kafka to take the records before it"), answer);
    assertEquals(List.of(), producer.history());
    hasty.close(Duration.ZERO);
  }

  @Test
  void a_producer_that_has_failed_for_good_is_replaced() {
    var broken = start(new FakeProducer(true));
    producers.add(new FakeProducer(true));
    broken.sendException = new KafkaException("fenced");
    assertEquals(new Lost("fenced"), send().join());
    assertInstanceOf(Durable.class, send().join());
    assertTrue(broken.closed());
  }

  @Test
  void an_error_of_a_producer_ends_no_lane() {
    var broken = start(new FakeProducer(true));
    producers.add(new FakeProducer(true));
    broken.outOfMemory = true;
    assertEquals(new Lost("OutOfMemoryError: heap"), send().join());
    assertInstanceOf(Durable.class, send().join());
  }

  @Test
  void while_there_is_no_producer_every_record_is_lost() {
    lane.start();
    assertEquals(new Lost("IllegalStateException: no such host"), send().join());
    assertTrue(pulse.trouble().orElseThrow().endsWith("no such host"));
  }

  @Test
  void a_record_is_answered_once_even_if_kafka_says_both() {
    var producer = start(new FakeProducer(true));
    producers.add(new FakeProducer(true));
    producer.throwAfterCallback = true;
    assertEquals(new Durable(0, 0), send().join());
    Awaitility.await().until(producer::closed);
    assertEquals(0, lane.held());
  }

  @Test
  void one_who_is_slow_to_hear_the_answer_holds_up_nobody_else() {
    var producer = start(new FakeProducer(true));
    producer.block();
    var patience = new CountDownLatch(1);
    var slow =
        send().thenAccept(_ -> Awaitility.await().forever().until(() -> patience.getCount() == 0));
    producer.unblock();
    assertInstanceOf(Durable.class, send().join());
    assertFalse(slow.isDone());
    patience.countDown();
    slow.join();
  }

  @Test
  void everything_is_answered_when_it_closes_whatever_kafka_does() {
    var producer = start(new FakeProducer(true));
    producer.block();
    var answers = IntStream.range(0, 5).mapToObj(_ -> send()).toList();
    lane.close(Duration.ZERO);
    answers.forEach(answer -> assertInstanceOf(Lost.class, answer.join()));
    assertEquals(new Lost("shutting down"), send().join());
    assertEquals(0, lane.held());
  }

  @Test
  void a_close_with_time_sends_what_it_holds() {
    var producer = start(new FakeProducer(true));
    producer.block();
    var answers = IntStream.range(0, 5).mapToObj(_ -> send()).toList();
    Thread.ofVirtual().start(producer::unblock);
    lane.close(Duration.ofSeconds(30));
    answers.forEach(answer -> assertInstanceOf(Durable.class, answer.join()));
  }

  @Test
  void a_lane_that_was_never_started_answers_too() {
    var answer = send();
    lane.close(Duration.ZERO);
    assertInstanceOf(Lost.class, answer.join());
  }

  private Lane lane(Duration patience) {
    return new Lane("lane", this::next, MEMORY, patience, watcher, Thread::startVirtualThread);
  }

  private Producer<byte[], byte[]> next() {
    var next = producers.poll();
    if (next == null) throw new IllegalStateException("no such host");
    return next;
  }

  private FakeProducer start(FakeProducer producer) {
    producers.add(producer);
    lane.start();
    return producer;
  }

  private CompletableFuture<Sent> send() {
    return send(1);
  }

  private CompletableFuture<Sent> send(int octets) {
    return lane.send(record(octets)).toCompletableFuture();
  }

  private static ProducerRecord<byte[], byte[]> record(int octets) {
    return new ProducerRecord<>("topic", 0, new byte[0], new byte[octets]);
  }

  /// Kafka's own fake, which can also block.
  private static final class FakeProducer extends MockProducer<byte[], byte[]> {
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean throwAfterCallback;
    private volatile boolean outOfMemory;

    FakeProducer(boolean completes) {
      super(completes, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void block() {
      gate = new CountDownLatch(1);
    }

    void unblock() {
      gate.countDown();
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
      if (outOfMemory) throw new OutOfMemoryError("heap");
      var sent = super.send(record, callback);
      if (throwAfterCallback) throw new KafkaException("and it failed");
      return sent;
    }
  }
}
