package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.Taken;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.CommandEvents;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A broker that takes everything but events.
class EventOutageIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Sending SENDING = Sending.DEFAULT.withPatience(Duration.ofSeconds(4));
  private static final int MESSAGES = 20;
  private static final String NOBODY = "nobody@example.net";
  private static final Evidence TAKEN = new Evidence.Observed(EnhancedStatus.of("2.0.0"), "taken");

  private final Metrics metrics = new Metrics();
  private TestQueue queue;
  private KafkaEventSink sink;
  private Events events;
  private LedgerReader reader;
  private RecordingIntake intake;

  @BeforeEach
  void start() {
    queue = TestQueue.fresh(EventOutageIT.class);
    var t = queue.topics();
    queue.create(
        1,
        t.local(),
        t.localDue(),
        t.remote(),
        t.remoteDue(),
        t.split(),
        t.dead(),
        t.content(),
        t.events(),
        t.control());
    sink = new KafkaEventSink(queue.cluster(), SENDING, metrics);
    sink.start();
    events = new CommandEvents("worker-1", InstantSource.system(), sink);
    intake = new RecordingIntake(this::deliver);
    reader =
        new LedgerReader(
            queue.cluster(),
            LedgerSettings.of(group(), "worker-1", List.of(t.remote(), t.remoteDue())),
            intake,
            new RecordingDeadLetters(0),
            events,
            InstantSource.system());
    reader.start();
  }

  @AfterEach
  void close() {
    reader.close();
    sink.close();
    queue.close();
  }

  @Test
  void what_is_delivered_is_in_flight_until_that_is_recorded_and_no_replay_sends_it_again()
      throws Exception {
    refuseEvents();
    queue(MESSAGES, Samples.CAROL.address().toString());
    queue(1, NOBODY);
    // What has no outcome to tell of is settled at once.
    await().atMost(LONG).until(() -> note().settled(MESSAGES));
    for (int offset = 0; offset < MESSAGES; offset++) assertFalse(note().settled(offset));
    await().atMost(LONG).until(() -> sink.trouble().isPresent());
    var trouble = sink.trouble().orElseThrow();
    assertTrue(
        trouble.startsWith("what became of 20 messages is not recorded: InvalidRecordException"),
        trouble);
    assertEquals(new ReplayCounts(1, Map.of(LeftOut.QUEUED, 20L)), preview());

    takeEvents();
    await().atMost(LONG).until(() -> note().watermark() == MESSAGES + 1);
    assertEquals(Optional.empty(), sink.trouble());
    assertEquals(new ReplayCounts(1, Map.of(LeftOut.DELIVERED, 20L)), preview());
    assertEquals(MESSAGES + 1, intake.count());
    assertEquals(0, dropped());
  }

  @Test
  void who_has_to_end_while_nothing_can_be_recorded_leaves_nothing_to_be_sent_again()
      throws Exception {
    refuseEvents();
    queue(MESSAGES, Samples.CAROL.address().toString());
    await().atMost(LONG).until(() -> intake.count() == MESSAGES);
    reader.drain(Duration.ofSeconds(5));
    assertEquals(MESSAGES, note().watermark());
    sink.close();
    assertEquals(MESSAGES, dropped());
  }

  @Test
  void an_event_that_kafka_never_takes_holds_nothing_up_and_is_counted() throws Exception {
    set("max.message.bytes", "150");
    queue(MESSAGES, Samples.CAROL.address().toString());
    await().atMost(LONG).until(() -> note().watermark() == MESSAGES);
    assertEquals(MESSAGES, dropped());
    assertEquals(Optional.empty(), sink.trouble());
  }

  private boolean deliver(Taken taken) {
    var to = taken.envelope().recipients().getFirst().address();
    if (!to.toString().equals(NOBODY))
      events.record(
          new MailEvent.Delivered(taken.envelope().queueId(), to, TAKEN, 1, Duration.ZERO));
    return true;
  }

  private void queue(int messages, String to) {
    var envelopes = Stream.generate(() -> mail(to)).limit(messages).toList();
    queue.put(queue.topics().remote(), envelopes);
  }

  private static Envelope mail(String to) {
    return Samples.message(Samples.remote(to));
  }

  /// Each is older than the topic allows by the time it is there.
  private void refuseEvents() throws Exception {
    set("message.timestamp.type", "CreateTime");
    set("message.timestamp.before.max.ms", "0");
  }

  private void takeEvents() throws Exception {
    set("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
  }

  private void set(String key, String value) throws Exception {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, queue.topics().events());
    var change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    queue.admin().incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
  }

  private CommitNote note() {
    return queue.notes(group()).entrySet().stream()
        .filter(note -> note.getKey().topic().equals(queue.topics().remote()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(CommitNote.at(0));
  }

  private ReplayCounts preview() throws Exception {
    var from = Instant.EPOCH;
    var last = queue.read(queue.topics().remote()).stream().mapToLong(ConsumerRecord::timestamp);
    var to = Instant.ofEpochMilli(last.max().orElseThrow() + 1);
    var all = QueueFilter.EVERYTHING;
    var plan = new ReplayPlan(ReplayPlan.Source.REMOTE, from, to, all, Set.of(), to);
    return new LogReplay(queue.cluster(), InstantSource.system()).preview(plan, (_, _) -> {});
  }

  private String group() {
    return new ConsumerGroups(queue.topics()).deliver();
  }

  private int dropped() {
    return metrics.registry().getSampleValue("mail_events_dropped_total").intValue();
  }
}
