package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.queue.QueueFilter;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.CommandEvents;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody was killed in a transaction, and nothing behind it can be read until Kafka ends that.
class HeldUpReplayIT {
  private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
  private static final Evidence TAKEN = new Evidence.Observed(EnhancedStatus.of("2.0.0"), "taken");

  private static final ReplayOrder ORDER =
      new ReplayOrder("r1", "node-1", "olga", Optional.empty());

  /// Kafka ends it then, or some seconds later; a replay has asked for ends before.
  private static final Duration LONG = Duration.ofSeconds(8);

  private TestQueue queue;
  private LogReplay replay;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(HeldUpReplayIT.class);
    var t = queue.topics();
    queue.create(
        1,
        t.local(),
        t.localDue(),
        t.remote(),
        t.remoteDue(),
        t.content(),
        t.split(),
        t.events(),
        t.held(),
        t.dead(),
        t.control());
    replay = new LogReplay(queue.cluster(), InstantSource.system());
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void what_is_told_and_what_is_queued_behind_one_who_was_killed_is_not_sent_again()
      throws Exception {
    var bounced = Samples.message(Samples.CAROL);
    var delivered = Samples.message(Samples.CAROL);
    var moved = Samples.message(Samples.CAROL);
    queue.put(queue.topics().remote(), List.of(bounced, delivered, moved));
    TestTopics.settle(queue.cluster(), queue.topics().remote());
    try (var killed = producer(LONG)) {
      leaveOpen(killed, queue.topics().events());
      leaveOpen(killed, queue.topics().held());
      tellDelivered(delivered);
      queue.put(queue.topics().held(), List.of(moved));

      assertEquals(
          new ReplayCounts(1, Map.of(LeftOut.DELIVERED, 1L, LeftOut.QUEUED, 1L)),
          replay.begin(plan(ReplayPlan.Source.REMOTE), ORDER, new ReplayPace(0), (_, _) -> {}));
    }
    var due = queue.envelopes(queue.topics().remoteDue()).stream().map(Envelope::queueId).toList();
    assertEquals(List.of(bounced.queueId()), due);
  }

  @Test
  void what_lies_behind_one_who_was_killed_is_replayed_too() throws Exception {
    try (var killed = producer(LONG)) {
      leaveOpen(killed, queue.topics().localDue());
      queue.put(queue.topics().localDue(), List.of(Samples.message(Samples.ALICE)));
      assertEquals(
          new ReplayCounts(1, Map.of()),
          replay.preview(plan(ReplayPlan.Source.LOCAL), (_, _) -> {}));
    }
  }

  @Test
  void who_waits_for_a_transaction_in_vain_says_what_holds_it_up() throws Exception {
    var events = queue.topics().events();
    try (var killed = producer(Duration.ofMinutes(10))) {
      leaveOpen(killed, events);
      var held = new SpanReader(queue.cluster(), Duration.ofSeconds(1));
      var span = new Span(new TopicPartition(events, 0), 0, 1);
      var e = assertThrows(KafkaUnreachable.class, () -> held.read(List.of(span), (_, _) -> true));
      assertTrue(
          String.valueOf(e.getMessage())
              .endsWith(
                  events
                      + "-0 is held up at 0 by a transaction that is not over: try again in a"
                      + " moment"),
          e::getMessage);
      killed.abortTransaction();
      held.read(List.of(span), (_, _) -> true);
    }
  }

  /// Of all there is by now.
  private static ReplayPlan plan(ReplayPlan.Source source) {
    var now = Instant.ofEpochMilli(System.currentTimeMillis() + 1);
    return new ReplayPlan(source, LONG_AGO, now, QueueFilter.EVERYTHING, Set.of(), now);
  }

  private KafkaProducer<byte[], byte[]> producer(Duration timeout) {
    var bytes = new ByteArraySerializer();
    var shape =
        Map.of(
            "transactional.id",
            queue.topics().prefix() + "killed",
            "transaction.timeout.ms",
            Long.toString(timeout.toMillis()));
    var producer = new KafkaProducer<>(queue.cluster().client(Map.of(), shape), bytes, bytes);
    producer.initTransactions();
    producer.beginTransaction();
    return producer;
  }

  /// With something that never was.
  private static void leaveOpen(KafkaProducer<byte[], byte[]> producer, String topic)
      throws Exception {
    var never = new ProducerRecord<>(topic, 0, new byte[0], new byte[] {7});
    producer.send(never).get(30, TimeUnit.SECONDS);
  }

  private void tellDelivered(Envelope envelope) {
    var lines = new ArrayList<byte[]>();
    new CommandEvents("worker-1", InstantSource.system(), (_, json) -> lines.add(json))
        .record(
            new MailEvent.Delivered(
                envelope.queueId(), Samples.CAROL.address(), TAKEN, 1, Duration.ofMillis(5)));
    lines.forEach(line -> queue.put(queue.topics().events(), 0, line));
  }
}
