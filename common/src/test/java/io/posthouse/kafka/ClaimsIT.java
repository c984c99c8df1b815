package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.queue.Taken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsIT {
  private static final ClaimTerms TERMS =
      new ClaimTerms(Duration.ofSeconds(1), Duration.ofSeconds(20));

  private static final Optional<String> LEAVING = Optional.of("ends when what is in flight has");

  private final List<LedgerReader> started = new ArrayList<>();
  private final Map<String, LedgerReader> latest = new HashMap<>();
  private final List<RecordingIntake> intakes = new ArrayList<>();
  private TestQueue queue;

  @BeforeAll
  static void patience() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(ClaimsIT.class);
    queue.create(4, queue.topics().remote(), queue.topics().remoteDue());
    queue.create(1, queue.topics().claims());
  }

  @AfterEach
  void close() {
    started.forEach(LedgerReader::close);
    queue.close();
  }

  @Test
  void what_is_in_hand_when_partitions_move_is_delivered_once_and_holds_nothing_up() {
    var slow = queue(400);
    var one = intake(RecordingIntake.settlingNone());
    start("a", one);
    await().until(() -> one.count() == 400);
    var other = intake(RecordingIntake.settlingAll());
    var second = start("b", other);
    await().until(() -> second.status().partitions() == 4);
    var behind = queue(200);
    await().until(() -> ids().containsAll(behind));
    assertEquals(600, taken().size());

    one.all().subList(0, 400).forEach(Taken::settle);
    one.all().stream().skip(400).forEach(Taken::settle);
    awaitAllSettled(600);
    assertEquals(Map.of(), repeated());
    assertEquals(union(slow, behind), ids());
  }

  @Test
  void a_reader_that_is_to_end_hands_over_at_once_and_finishes_what_it_has() {
    queue(100);
    var one = intake(RecordingIntake.settlingNone());
    var ending = start("a", one);
    await().until(() -> one.count() == 100);
    var other = intake(RecordingIntake.settlingAll());
    var drain = Thread.ofVirtual().start(() -> ending.drain(Duration.ofMinutes(2)));
    var second = start("b", other);
    await().until(() -> second.status().partitions() == 8);
    var behind = queue(100);
    await().until(() -> ids(other).equals(behind));

    one.all().forEach(Taken::settle);
    await().until(() -> !drain.isAlive());
    awaitAllSettled(200);
    assertEquals(Map.of(), repeated());
  }

  @Test
  void what_was_finished_while_nobody_owned_the_partition_is_not_begun_again() {
    var first = queue(100);
    var one = intake(RecordingIntake.settlingNone());
    var ending = start("a", one);
    await().until(() -> one.count() == 100);
    var drain = Thread.ofVirtual().start(() -> ending.drain(Duration.ofMinutes(2)));
    await().until(() -> ending.trouble().equals(LEAVING));
    one.all().forEach(Taken::settle);
    await().until(() -> !drain.isAlive());

    start("a", intake(RecordingIntake.settlingAll()));
    var behind = queue(50);
    await().until(() -> ids().containsAll(behind));
    awaitAllSettled(150);
    assertEquals(Map.of(), repeated());
    assertEquals(union(first, behind), ids());
  }

  @Test
  void two_readers_restarted_in_turn_deliver_each_message_once() {
    var all = new TreeSet<QueueId>();
    var held = new ArrayList<Taken>();
    start("a", intake(new RecordingIntake(taken -> settles(taken, held))));
    start("b", intake(new RecordingIntake(taken -> settles(taken, held))));
    for (var name : List.of("a", "b", "a", "b")) {
      all.addAll(queue(150));
      await().until(() -> ids().containsAll(all));
      var old = Objects.requireNonNull(latest.get(name));
      var drain = Thread.ofVirtual().start(() -> old.drain(Duration.ofMinutes(2)));
      await().until(() -> old.trouble().equals(LEAVING));
      start(name, intake(new RecordingIntake(taken -> settles(taken, held))));
      all.addAll(queue(50));
      await().until(() -> ids().containsAll(all));
      release(held);
      await().until(() -> !drain.isAlive());
    }
    release(held);
    awaitAllSettled(all.size());
    assertEquals(Map.of(), repeated());
    assertEquals(all, ids());
  }

  /// One in three takes until it is told to end.
  private static boolean settles(Taken taken, List<Taken> held) {
    if (taken.position().offset() % 3 != 0) return true;
    synchronized (held) {
      held.add(taken);
    }
    return false;
  }

  private static void release(List<Taken> held) {
    synchronized (held) {
      held.forEach(Taken::settle);
      held.clear();
    }
  }

  private LedgerReader start(String instance, RecordingIntake intake) {
    var topics = List.of(queue.topics().remote(), queue.topics().remoteDue());
    var settings =
        LedgerSettings.of("group-" + queue.topics().prefix() + "deliver", instance, topics)
            .withRevokeWait(Duration.ofMillis(200))
            .withClaims(TERMS);
    var reader =
        new LedgerReader(
            queue.cluster(),
            settings,
            intake,
            new RecordingDeadLetters(0),
            _ -> {},
            InstantSource.system());
    started.add(reader);
    latest.put(instance, reader);
    reader.start();
    return reader;
  }

  private RecordingIntake intake(RecordingIntake intake) {
    intakes.add(intake);
    return intake;
  }

  private void awaitAllSettled(long records) {
    var group = "group-" + queue.topics().prefix() + "deliver";
    await()
        .until(() ->
            queue.notes(group).values().stream().mapToLong(CommitNote::watermark).sum() == records);
  }

  private Set<QueueId> queue(int howMany) {
    var mail =
        IntStream.range(0, howMany)
            .mapToObj(i -> Samples.message(Samples.remote("bob@d" + i % 97 + ".example")));
    var envelopes = mail.toList();
    queue.put(queue.topics().remote(), envelopes);
    return envelopes.stream().map(Envelope::queueId).collect(Collectors.toCollection(TreeSet::new));
  }

  private List<QueueId> taken() {
    return intakes.stream()
        .flatMap(intake -> intake.all().stream())
        .map(taken -> taken.envelope().queueId())
        .toList();
  }

  private Map<QueueId, Long> repeated() {
    var counts = new HashMap<QueueId, Long>();
    taken().forEach(id -> counts.merge(id, 1L, Long::sum));
    counts.values().removeIf(count -> count == 1);
    return counts;
  }

  private Set<QueueId> ids() {
    return new TreeSet<>(taken());
  }

  private static Set<QueueId> ids(RecordingIntake intake) {
    return intake.all().stream()
        .map(taken -> taken.envelope().queueId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<QueueId> union(Collection<QueueId> one, Collection<QueueId> other) {
    var both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
