package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.posthouse.lifecycle.Service;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.RetrySchedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipeIT {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final List<Service> started = new ArrayList<>();
  private TestQueue queue;
  private KafkaDirectives directives;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(PipeIT.class);
    var topics = queue.topics();
    queue.create(
        3,
        topics.split(),
        topics.remoteDue(),
        topics.localDue(),
        topics.retry(SHORT),
        topics.retry(LONG),
        topics.held(),
        topics.dead());
    queue.create(1, topics.control());
    directives = new KafkaDirectives(queue.cluster());
    directives.start();
    started.add(directives);
  }

  @AfterEach
  void close() {
    started.reversed().forEach(Service::close);
    queue.close();
  }

  @Test
  void a_message_for_several_destinations_becomes_one_for_each() {
    var message =
        Samples.message(
            Samples.ALICE, Samples.CAROL, Samples.BOB, Samples.remote("erin@example.net"));
    var at = queue.put(queue.topics().split(), List.of(message)).getFirst();
    start(splitter());
    await().until(() -> queue.read(queue.topics().remoteDue()).size() == 1);

    var remote = queue.envelopes(queue.topics().remoteDue()).getFirst();
    assertEquals(List.of(Samples.CAROL, Samples.remote("erin@example.net")), remote.recipients());
    var position = new RecordPosition(at.topic(), at.partition(), at.offset());
    assertEquals(new Content.InRecord(position, message.content().size()), remote.content());

    var local = queue.envelopes(queue.topics().localDue());
    assertEquals(
        Set.of(List.of(Samples.ALICE), List.of(Samples.BOB)),
        local.stream().map(Envelope::recipients).collect(Collectors.toSet()));
    local.forEach(envelope -> assertEquals(message.queueId(), envelope.queueId()));
  }

  @Test
  void a_message_that_was_due_is_moved_and_one_that_is_not_waits() {
    var due = queue.put(queue.topics().retry(SHORT), List.of(deferred(Instant.now()))).getFirst();
    queue.put(queue.topics().retry(LONG), List.of(deferred(Instant.now().plus(LONG))));
    start(mover());
    await().until(() -> !queue.read(queue.topics().remoteDue()).isEmpty());
    var record = queue.read(queue.topics().remoteDue()).getFirst();
    assertEquals("example.net", new String(record.key(), StandardCharsets.UTF_8));
    assertEquals(1, TestQueue.decode(record.value()).attemptCount());
    // A plain reader would find the group done with the short tier and not with the long one.
    await().until(() -> watermark(due.topic()) == 1);
    assertEquals(0, watermark(queue.topics().retry(LONG)));
  }

  @Test
  void none_is_moved_before_its_time() {
    var times = new ArrayList<Instant>();
    for (int i = 0; i < 20; i++) times.add(Instant.now().plusMillis(50L * i));
    queue.put(queue.topics().retry(SHORT), times.stream().map(PipeIT::deferred).toList());
    start(mover());
    await().until(() -> queue.read(queue.topics().remoteDue()).size() == 20);
    for (var record : queue.read(queue.topics().remoteDue())) {
      var due = TestQueue.decode(record.value()).due().orElseThrow();
      assertFalse(Instant.ofEpochMilli(record.timestamp()).isBefore(due), "moved too early");
    }
  }

  @Test
  void a_node_whose_clock_is_a_day_ahead_holds_nobody_up() {
    queue.put(
        queue.topics().retry(SHORT), List.of(deferred(Instant.now().plus(Duration.ofDays(1)))));
    start(mover());
    await().until(() -> queue.read(queue.topics().remoteDue()).size() == 1);
  }

  @Test
  void what_nobody_can_read_goes_to_the_dead_letters_and_those_behind_it_go_on() {
    queue.put(queue.topics().split(), 0, new byte[] {7});
    var behind = Samples.message(Samples.CAROL, Samples.DAVE);
    queue.put(queue.topics().split(), 0, EnvelopeCodec.encode(behind));
    start(splitter());
    await().until(() -> queue.read(queue.topics().remoteDue()).size() == 2);
    assertEquals(1, queue.read(queue.topics().dead()).size());
  }

  @Test
  void a_second_pipe_of_the_group_shares_the_work() {
    var all = new TreeSet<QueueId>();
    start(splitter());
    for (int round = 0; round < 10; round++) {
      if (round == 3) start(Splitter.of(queue.cluster(), "b", "store", _ -> {}, clock()));
      all.addAll(split(100));
    }
    await().until(() -> queue.read(queue.topics().remoteDue()).size() >= 2_000);
    var moved = queue.envelopes(queue.topics().remoteDue());
    assertEquals(2_000, moved.size());
    assertEquals(all, moved.stream().map(Envelope::queueId).collect(Collectors.toSet()));
  }

  private Set<QueueId> split(int howMany) {
    var messages = new ArrayList<Envelope>();
    for (int i = 0; i < howMany; i++) messages.add(Samples.message(Samples.CAROL, Samples.DAVE));
    queue.put(queue.topics().split(), messages);
    return messages.stream().map(Envelope::queueId).collect(Collectors.toSet());
  }

  private long watermark(String topic) {
    return queue.notes(new ConsumerGroups(queue.topics()).mover()).entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().watermark())
        .sum();
  }

  private static Envelope deferred(Instant due) {
    var at = new RecordPosition("remote", 0, 42);
    return Samples.message(new Content.InRecord(at, 100), Samples.CAROL)
        .deferred(new Attempt(due, "worker-1", "", "450 4.2.0 later"), due);
  }

  private TransactionalPipe splitter() {
    return Splitter.of(queue.cluster(), "a", "deliver", _ -> {}, clock());
  }

  private TransactionalPipe mover() {
    var schedule = new RetrySchedule(List.of(SHORT, LONG), Duration.ofDays(5));
    return RetryMover.of(
        queue.cluster(), schedule, directives, new NoRenewals(), "a", _ -> {}, clock());
  }

  private static InstantSource clock() {
    return InstantSource.system();
  }

  private void start(TransactionalPipe pipe) {
    started.add(pipe);
    pipe.start();
  }
}
