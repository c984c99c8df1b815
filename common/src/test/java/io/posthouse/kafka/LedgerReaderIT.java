package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.QueueReader.Intake;
import io.posthouse.queue.Taken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerReaderIT {
  private final RecordingDeadLetters deadLetters = new RecordingDeadLetters(1);
  private final List<LedgerReader> started = new ArrayList<>();
  private TestQueue queue;

  @BeforeAll
  static void patience() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(LedgerReaderIT.class);
    queue.create(4, queue.topics().remote(), queue.topics().remoteDue());
  }

  @AfterEach
  void close() {
    started.forEach(LedgerReader::close);
    queue.close();
  }

  @Test
  void it_takes_every_message_of_all_its_topics_once_and_never_again() {
    var first = queue(500, queue.topics().remote());
    var due = queue(500, queue.topics().remoteDue());
    var intake = RecordingIntake.settlingAll();
    var reader = start("a", intake);
    await().until(() -> intake.count() >= 1_000);
    reader.drain(Duration.ofSeconds(30));
    assertEquals(union(first, due), ids(intake));
    assertEquals(1_000, intake.count());

    var successor = RecordingIntake.settlingAll();
    start("a", successor);
    var more = queue(1, queue.topics().remote());
    await().until(() -> successor.count() > 0);
    assertEquals(more, ids(successor));
  }

  @Test
  void after_an_abrupt_end_only_what_was_in_flight_is_taken_again() {
    queue(1_000, queue.topics().remote());
    Predicate<Taken> isOpen = taken -> taken.position().offset() % 10 == 3;
    var intake = new RecordingIntake(isOpen.negate());
    var reader = start("a", intake);
    await().until(() -> intake.count() == 1_000);
    reader.close();
    var unsettled = unsettled(intake, isOpen);
    assertFalse(unsettled.isEmpty());

    var successor = RecordingIntake.settlingAll();
    start("a", successor);
    await().until(() -> successor.count() >= unsettled.size());
    var last = queue(1, queue.topics().remoteDue());
    await().until(() -> ids(successor).containsAll(last));
    assertEquals(union(unsettled, last), ids(successor));
  }

  @Test
  void what_lies_far_beyond_the_settled_is_taken_again_alone() {
    queue(12_000, queue.topics().remote());
    Predicate<Taken> isOpen = t -> Set.of(0L, 1L, 2_000L, 2_002L).contains(t.position().offset());
    var intake = new RecordingIntake(isOpen.negate());
    var reader = start("a", intake);
    await().until(() -> intake.count() == 12_000);
    reader.close();
    var unsettled = unsettled(intake, isOpen);

    var successor = RecordingIntake.settlingAll();
    start("a", successor);
    await().until(() -> successor.count() >= unsettled.size());
    var last = queue(1, queue.topics().remote());
    await().until(() -> ids(successor).containsAll(last));
    assertEquals(union(unsettled, last), ids(successor));
    assertEquals(unsettled.size() + 1, successor.count());
  }

  @Test
  void a_drain_waits_for_what_is_in_flight_and_takes_nothing_more() {
    queue(10, queue.topics().remote());
    var intake = RecordingIntake.settlingNone();
    var reader = start("a", intake);
    await().until(() -> intake.count() == 10);
    var drain = Thread.ofVirtual().start(() -> reader.drain(Duration.ofMinutes(2)));
    queue(10, queue.topics().remote());
    intake.all().forEach(Taken::settle);
    await().until(() -> !drain.isAlive());
    assertEquals(10, intake.count());
    assertTrue(
        queue.notes("group-" + queue.topics().prefix()).values().stream()
            .allMatch(note -> note.open().isEmpty()));
  }

  @Test
  void no_more_is_in_flight_than_allowed() {
    queue(20, queue.topics().remote());
    var intake = RecordingIntake.settlingNone();
    start(settings("a").withMost(7, 1 << 20), intake);
    var settled = 0;
    while (settled < 20) {
      int expected = Math.min(20, settled + 7);
      await().until(() -> intake.count() >= expected);
      assertEquals(expected, intake.count());
      intake.all().get(settled++).settle();
    }
  }

  @Test
  void retries_that_take_long_leave_room_for_what_comes_for_the_first_time() {
    queue(20, queue.topics().remoteDue());
    var intake = RecordingIntake.settlingNone();
    start(settings("a").withMost(8, 1 << 20), intake);
    await().until(() -> intake.count() == 6);
    var first = queue(2, queue.topics().remote());
    await().until(() -> intake.count() == 8);
    assertTrue(ids(intake).containsAll(first));
  }

  @Test
  void a_message_longer_than_all_the_room_is_taken_alone() {
    queue(5, queue.topics().remote());
    var intake = RecordingIntake.settlingNone();
    start(settings("a").withMost(100, 1), intake);
    for (int i = 1; i <= 5; i++) {
      int expected = i;
      await().until(() -> intake.count() >= expected);
      assertEquals(expected, intake.count());
      intake.all().get(i - 1).settle();
    }
  }

  @Test
  void a_partition_does_not_run_away_from_its_slowest_message_and_holds_up_no_other() {
    for (int i = 0; i < 50; i++) {
      queue.put(queue.topics().remote(), 0, EnvelopeCodec.encode(mail()));
      queue.put(queue.topics().remote(), 1, EnvelopeCodec.encode(mail()));
    }
    var intake =
        new RecordingIntake(
            taken -> taken.position().partition() == 1 || taken.position().offset() > 0);
    start(settings("a").withLongestSpan(10), intake);
    await().until(() -> intake.count() == 60);
    assertEquals(10, count(intake, 0));
    intake.all().forEach(Taken::settle);
    await().until(() -> count(intake, 0) == 50);
  }

  @Test
  void what_is_no_envelope_goes_to_the_dead_letters_and_those_behind_it_go_on() {
    queue.put(queue.topics().remote(), 0, new byte[] {1, 2, 3});
    var behind = mail();
    queue.put(queue.topics().remote(), 0, EnvelopeCodec.encode(behind));
    var intake = RecordingIntake.settlingAll();
    start("a", intake);
    await().until(() -> deadLetters.letters().size() == 1 && intake.count() == 1);
    assertEquals(Octets.of(new byte[] {1, 2, 3}), deadLetters.letters().getFirst().record());
    assertEquals(Set.of(behind.queueId()), ids(intake));
    awaitAllSettled(2);
  }

  @Test
  void a_message_that_trips_over_our_own_error_ends_in_the_dead_letters_after_three_strikes() {
    var poison = queue(1, queue.topics().remote());
    var strikes = new ArrayList<Taken>();
    start(
        "a",
        taken -> {
          strikes.add(taken);
          throw new IllegalStateException("a bug");
        });
    await().until(() -> deadLetters.letters().size() == 1);
    assertEquals(3, strikes.size());
    assertEquals(poison, Set.of(strikes.getFirst().envelope().queueId()));
    var reason = deadLetters.letters().getFirst().reason();
    assertTrue(
        reason.startsWith("our own error: java.lang.IllegalStateException: a bug at "), reason);
    awaitAllSettled(1);
  }

  @Test
  void a_second_reader_shares_the_work_and_what_it_takes_over_is_not_repeated() {
    var all = queue(2_000, queue.topics().remote());
    var one = RecordingIntake.settlingAll();
    start("a", one);
    await().until(() -> one.count() >= 500);
    var other = RecordingIntake.settlingAll();
    start("b", other);
    await().until(() -> started.get(1).status().partitions() == 4);
    all.addAll(queue(2_000, queue.topics().remote()));
    await().until(() -> one.count() + other.count() >= 4_000);
    assertEquals(all, union(ids(one), ids(other)));
    assertEquals(4_000, one.count() + other.count());
    assertTrue(other.count() > 0);
  }

  @Test
  void a_partition_that_goes_to_another_waits_for_what_is_in_flight() {
    queue(400, queue.topics().remote());
    var one = RecordingIntake.settlingNone();
    start(settings("a").withRevokeWait(Duration.ofMinutes(5)), one);
    await().until(() -> one.count() == 400);
    var other = RecordingIntake.settlingAll();
    start("b", other);
    // It is in the group, and gets nothing until the first one has settled what it gives up.
    await().until(() -> started.get(1).trouble().isEmpty());
    assertEquals(0, other.count());
    one.all().forEach(Taken::settle);
    await().until(() -> started.get(1).status().partitions() == 4);
    var more = queue(100, queue.topics().remote());
    await().until(() -> union(ids(one), ids(other)).containsAll(more));
    assertEquals(500, one.count() + other.count());
  }

  @Test
  void a_reader_whose_name_was_taken_for_a_while_hands_nothing_in_flight_out_twice() {
    var all = queue(300, queue.topics().remote());
    var intake = RecordingIntake.settlingNone();
    start("a", intake);
    await().until(() -> intake.count() == 300);
    var thief = ReaderClients.consumer(queue.cluster(), settings("a").group(), "a");
    thief.subscribe(settings("a").topics());
    await()
        .until(() -> {
          thief.poll(Duration.ofMillis(100));
          return !thief.assignment().isEmpty();
        });
    await().until(() -> started.getFirst().trouble().isPresent());
    thief.close();
    await().until(() -> started.getFirst().trouble().isEmpty());
    intake.all().forEach(Taken::settle);
    var last = queue(1, queue.topics().remote());
    await().until(() -> ids(intake).containsAll(last));
    assertEquals(301, intake.count());
    assertEquals(union(all, last), ids(intake));
  }

  private LedgerSettings settings(String instance) {
    return LedgerSettings.of(
        "group-" + queue.topics().prefix(),
        instance,
        List.of(queue.topics().remote(), queue.topics().remoteDue()));
  }

  private LedgerReader start(String instance, Intake intake) {
    return start(settings(instance), intake);
  }

  private LedgerReader start(LedgerSettings settings, Intake intake) {
    var reader =
        new LedgerReader(
            queue.cluster(), settings, intake, deadLetters, _ -> {}, InstantSource.system());
    started.add(reader);
    reader.start();
    return reader;
  }

  private void awaitAllSettled(long records) {
    var group = settings("a").group();
    await()
        .until(() ->
            queue.notes(group).values().stream().mapToLong(CommitNote::watermark).sum() == records);
  }

  private static Envelope mail() {
    return Samples.message(Samples.CAROL);
  }

  private Set<QueueId> queue(int howMany, String topic) {
    var mail =
        IntStream.range(0, howMany)
            .mapToObj(i -> Samples.message(Samples.remote("bob@d" + i % 97 + ".example")));
    var envelopes = mail.toList();
    queue.put(topic, envelopes);
    return envelopes.stream().map(Envelope::queueId).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<QueueId> ids(RecordingIntake intake) {
    return intake.all().stream()
        .map(taken -> taken.envelope().queueId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<QueueId> unsettled(RecordingIntake intake, Predicate<Taken> isOpen) {
    return intake.all().stream()
        .filter(isOpen)
        .map(taken -> taken.envelope().queueId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long count(RecordingIntake intake, int partition) {
    return intake.all().stream().filter(t -> t.position().partition() == partition).count();
  }

  private static Set<QueueId> union(Collection<QueueId> one, Collection<QueueId> other) {
    var both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
