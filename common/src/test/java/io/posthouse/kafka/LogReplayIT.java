package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.directory.AddressId;
import io.posthouse.kafka.ReplayPlan.Also;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.Orders;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.QueueFilter;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.CommandEvents;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogReplayIT {
  private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
  private static final Evidence TAKEN = new Evidence.Observed(EnhancedStatus.of("2.0.0"), "taken");

  private TestQueue queue;
  private LogReplay replay;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(LogReplayIT.class);
    var t = queue.topics();
    queue.create(
        2,
        t.local(),
        t.localDue(),
        t.remote(),
        t.remoteDue(),
        t.retry(Duration.ofMinutes(1)),
        t.content(),
        t.split(),
        t.events(),
        t.held(),
        t.dead());
    queue.create(1, t.control());
    replay = new LogReplay(queue.cluster(), InstantSource.system());
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void local_mail_of_the_span_is_in_the_queue_again_with_its_content_where_it_lies()
      throws Exception {
    put(queue.topics().local(), 5, Samples.ALICE);
    var from = Instant.now();
    var meant = put(queue.topics().local(), 10, Samples.BOB);
    var plan = plan(ReplayPlan.Source.LOCAL, from, QueueFilter.EVERYTHING);
    put(queue.topics().local(), 5, Samples.ALICE);

    assertEquals(new ReplayCounts(10, Map.of()), replay.preview(plan, (_, _) -> {}));
    assertEquals(0, queue.read(queue.topics().localDue()).size());
    assertEquals(10, run(plan, "r1").replayed());

    var again = queue.envelopes(queue.topics().localDue());
    assertEquals(meant, again.stream().map(Envelope::queueId).toList());
    for (var envelope : again) {
      assertTrue(envelope.due().isPresent());
      assertEquals(envelope.due(), envelope.resumed());
      assertTrue(envelope.content() instanceof Content.InRecord);
    }
  }

  @Test
  void events_tell_of_each_message_and_of_the_replay() throws Exception {
    var ids = put(queue.topics().local(), 1, Samples.ALICE);
    run(plan(ReplayPlan.Source.LOCAL, LONG_AGO, QueueFilter.EVERYTHING), "r1");
    var events =
        queue.read(queue.topics().events()).stream()
            .map(record -> new String(record.value(), StandardCharsets.UTF_8))
            .toList();
    assertEquals(3, events.size(), events::toString);
    assertEquals(1, count(events, "\"step\":\"begun\""));
    assertEquals(1, count(events, "\"step\":\"done\""));
    assertEquals(1, count(events, "\"event\":\"replayed\",\"queue_id\":\"" + ids.getFirst()));
  }

  @Test
  void a_replay_that_breaks_off_goes_on_and_repeats_nothing() throws Exception {
    var ids = put(queue.topics().local(), 2_000, Samples.ALICE);
    var plan = plan(ReplayPlan.Source.LOCAL, LONG_AGO, QueueFilter.EVERYTHING);
    assertThrows(
        KilledHere.class,
        () ->
            replay.begin(
                plan,
                order("r1"),
                new ReplayPace(0),
                (done, _) -> {
                  if (done >= 500) throw new KilledHere();
                }));
    var half = queue.read(queue.topics().localDue()).size();
    assertTrue(half > 0 && half < 2_000, () -> half + " at first");

    assertEquals(plan, replay.find("r1").orElseThrow());
    var rest = replay.resume(plan, order("r1"), new ReplayPace(0), (_, _) -> {});
    assertEquals(2_000 - half, rest.replayed());
    var all = queue.envelopes(queue.topics().localDue()).stream().map(Envelope::queueId).toList();
    assertEquals(2_000, all.size());
    assertEquals(new HashSet<>(ids), new HashSet<>(all));
    // Once it is done, there is nothing left.
    assertEquals(0, replay.resume(plan, order("r1"), new ReplayPace(0), (_, _) -> {}).replayed());
  }

  @Test
  void a_replay_that_somebody_else_resumes_says_so_where_it_was_and_each_message_is_put_once()
      throws Exception {
    var ids = put(queue.topics().local(), 2_000, Samples.ALICE);
    var plan = plan(ReplayPlan.Source.LOCAL, LONG_AGO, QueueFilter.EVERYTHING);
    var resumed = new AtomicBoolean();
    var ended =
        assertThrows(
            ReplayTakenOver.class,
            () ->
                replay.begin(
                    plan,
                    order("r1"),
                    new ReplayPace(0),
                    (_, _) -> {
                      if (!resumed.getAndSet(true)) resume(plan);
                    }));
    assertEquals(
        "replay r1 goes on elsewhere: somebody has resumed it, and nothing is done twice",
        ended.getMessage());
    var all = queue.envelopes(queue.topics().localDue()).stream().map(Envelope::queueId).toList();
    assertEquals(2_000, all.size());
    assertEquals(new HashSet<>(ids), new HashSet<>(all));
  }

  private void resume(ReplayPlan plan) {
    try {
      replay.resume(plan, order("r1"), new ReplayPace(0), (_, _) -> {});
    } catch (KafkaUnreachable | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void remote_mail_goes_only_to_those_whose_hosts_have_not_taken_it() throws Exception {
    var bounced = Samples.message(Samples.CAROL);
    var delivered = Samples.message(Samples.CAROL);
    var half = Samples.message(Samples.CAROL, Samples.remote("erin@example.net"));
    var waiting = Samples.message(Samples.CAROL);
    var buried = Samples.message(Samples.CAROL);
    queue.put(queue.topics().remote(), List.of(bounced, delivered, half, waiting, buried));
    deliver(delivered, Samples.CAROL);
    deliver(half, Samples.CAROL);
    settle(queue.topics().remote());
    queue.put(queue.topics().retry(Duration.ofMinutes(1)), List.of(deferred(waiting)));
    bury(buried);

    var plan = plan(ReplayPlan.Source.REMOTE, LONG_AGO, QueueFilter.EVERYTHING);
    assertEquals(
        new ReplayCounts(2, Map.of(LeftOut.DELIVERED, 1L, LeftOut.QUEUED, 2L)), run(plan, "r1"));
    var again = queue.envelopes(queue.topics().remoteDue());
    assertEquals(Set.of(bounced.queueId(), half.queueId()), ids(again));
    for (var envelope : again)
      if (envelope.queueId().equals(half.queueId()))
        assertEquals(List.of(Samples.remote("erin@example.net")), envelope.recipients());
  }

  @Test
  void what_was_delivered_is_sent_again_once_if_the_operator_says_so() throws Exception {
    var delivered = Samples.message(Samples.CAROL);
    queue.put(queue.topics().remote(), List.of(delivered));
    // A retry of the same message is a record of its own.
    queue.put(queue.topics().remoteDue(), List.of(deferred(delivered)));
    deliver(delivered, Samples.CAROL);
    settle(queue.topics().remote(), queue.topics().remoteDue());
    var plan = plan(ReplayPlan.Source.REMOTE, LONG_AGO, QueueFilter.EVERYTHING, Also.DELIVERED);
    assertEquals(new ReplayCounts(1, Map.of(LeftOut.LATER_WAY, 1L)), run(plan, "r1"));
    // It waits in the queue now, so a second replay leaves it there.
    assertEquals(0, run(plan, "r2").replayed());
  }

  @Test
  void a_filter_means_some_and_what_was_sent_on_or_is_gone_is_left() throws Exception {
    var meant = Samples.message(Samples.ALICE);
    var onward =
        new Recipient(
            Samples.ALICE.address(),
            new Destination.Forwarded(new AddressId("0f0f00000000000000000003")));
    var gone = Samples.message(new Content.Chunked(0, List.of(0L), 10), Samples.ALICE);
    queue.put(
        queue.topics().local(),
        List.of(meant, Samples.message(onward), gone, Samples.message(Samples.BOB)));
    queue.put(queue.topics().local(), 0, new byte[] {7});
    queue.put(queue.topics().content(), 0, new byte[10]);
    var id = new TopicPartition(queue.topics().content(), 0);
    queue.admin().deleteRecords(Map.of(id, RecordsToDelete.beforeOffset(1))).all().get();

    var alice = PathPattern.parse("alice@example.test").orElseThrow();
    var filter = QueueFilter.of(new Criterion.Recipient(alice));
    var counts = run(plan(ReplayPlan.Source.LOCAL, LONG_AGO, filter), "r1");
    assertEquals(
        new ReplayCounts(
            1,
            Map.of(
                LeftOut.NOT_MEANT, 1L,
                LeftOut.SENT_ON, 1L,
                LeftOut.CONTENT_GONE, 1L,
                LeftOut.UNREADABLE, 1L)),
        counts);
    assertEquals(Set.of(meant.queueId()), ids(queue.envelopes(queue.topics().localDue())));
  }

  @Test
  void local_mail_that_an_operator_ended_or_holds_is_not_stored_after_all() throws Exception {
    var stored = Samples.message(Samples.ALICE);
    var dropped = Samples.message(Samples.ALICE);
    var returned = Samples.message(Samples.ALICE);
    var held = Samples.message(Samples.ALICE);
    var waiting = Samples.message(Samples.ALICE);
    var local = queue.topics().local();
    queue.put(local, List.of(stored, dropped, returned, held));
    direct(dropped, new Act.Drop());
    direct(returned, new Act.Bounce());
    direct(stored, new Act.Release());
    queue.put(queue.topics().localDue(), List.of(ended(returned)));
    queue.put(queue.topics().held(), List.of(light(held)));
    store(local, queue.topics().localDue());
    queue.put(local, List.of(waiting));
    var newest = give(new Act.Drop());

    var plan = plan(ReplayPlan.Source.LOCAL, LONG_AGO, QueueFilter.EVERYTHING);
    var counts = new ReplayCounts(1, Map.of(LeftOut.GIVEN_UP, 3L, LeftOut.QUEUED, 2L));
    assertEquals(counts, replay.preview(plan, (_, _) -> {}));
    assertEquals(counts, run(plan, "r1"));
    var again = queue.envelopes(queue.topics().localDue()).getLast();
    assertEquals(stored.queueId(), again.queueId());
    // It had been stored before anybody ordered to drop what waited then.
    assertEquals(newest, again.orders().seen());
  }

  @Test
  void remote_mail_that_an_operator_ended_is_not_sent_after_all() throws Exception {
    var dropped = Samples.message(Samples.CAROL);
    queue.put(queue.topics().remote(), List.of(dropped, Samples.message(Samples.CAROL)));
    direct(dropped, new Act.Drop());
    settle(queue.topics().remote());
    var plan = plan(ReplayPlan.Source.REMOTE, LONG_AGO, QueueFilter.EVERYTHING, Also.DELIVERED);
    assertEquals(new ReplayCounts(1, Map.of(LeftOut.GIVEN_UP, 1L)), run(plan, "r1"));
  }

  @Test
  void what_an_operator_ended_comes_back_if_another_says_so() throws Exception {
    var dropped = Samples.message(Samples.ALICE);
    var delivered = Samples.message(Samples.CAROL);
    var returned = Samples.message(Samples.CAROL);
    queue.put(queue.topics().local(), List.of(dropped));
    queue.put(queue.topics().remote(), List.of(delivered, returned));
    direct(dropped, new Act.Drop());
    direct(returned, new Act.Bounce());
    deliver(delivered, Samples.CAROL);
    store(queue.topics().local());
    settle(queue.topics().remote());
    var newest = give(new Act.Drop());

    var all = QueueFilter.EVERYTHING;
    var local = plan(ReplayPlan.Source.LOCAL, LONG_AGO, all, Also.GIVEN_UP);
    assertEquals(new ReplayCounts(1, Map.of()), run(local, "r1"));
    assertEquals(local, replay.find("r1").orElseThrow());
    var again = queue.envelopes(queue.topics().localDue()).getLast();
    assertEquals(dropped.queueId(), again.queueId());
    assertEquals(newest, again.orders().seen());
    var remote = plan(ReplayPlan.Source.REMOTE, LONG_AGO, all, Also.GIVEN_UP);
    assertEquals(new ReplayCounts(1, Map.of(LeftOut.DELIVERED, 1L)), run(remote, "r2"));
    assertEquals(Set.of(returned.queueId()), ids(queue.envelopes(queue.topics().remoteDue())));
  }

  @Test
  void nobody_finds_a_replay_that_never_was() throws KafkaUnreachable {
    assertEquals(Optional.empty(), replay.find("never"));
  }

  private List<QueueId> put(String topic, int howMany, Recipient to) {
    var messages = Stream.generate(() -> Samples.message(to)).limit(howMany).toList();
    queue.put(topic, messages);
    return messages.stream().map(Envelope::queueId).toList();
  }

  /// Up to a time after all that is there, by the broker's clock, which is this machine's.
  private static ReplayPlan plan(
      ReplayPlan.Source source, Instant from, QueueFilter filter, Also... also)
      throws InterruptedException {
    var to = Instant.now().plusMillis(1);
    await().until(() -> Instant.now().isAfter(to.plusMillis(1)));
    return new ReplayPlan(
        source,
        Instant.ofEpochMilli(from.toEpochMilli()),
        Instant.ofEpochMilli(to.toEpochMilli()),
        filter,
        Set.of(also),
        Instant.ofEpochMilli(to.toEpochMilli()));
  }

  private ReplayCounts run(ReplayPlan plan, String id)
      throws KafkaUnreachable, InterruptedException {
    return replay.begin(plan, order(id), new ReplayPace(0), (_, _) -> {});
  }

  private static ReplayOrder order(String id) {
    return new ReplayOrder(id, "node-1", "olga", Optional.of("a drill"));
  }

  /// An operator orders something of everything; its number.
  private long give(Act act) throws InterruptedException {
    var directives = new KafkaDirectives(queue.cluster());
    directives.start();
    var directive =
        new Directive(
            "act-1", act, QueueFilter.EVERYTHING, Instant.now(), Optional.empty(), "spam", "olga");
    directives.give(directive);
    assertTrue(directives.await(directive, Duration.ofSeconds(30)));
    directives.close();
    return directives.known().newest();
  }

  private void direct(Envelope envelope, Act act) {
    var to = envelope.recipients().stream().map(Recipient::address).toList();
    tell(new MailEvent.Directed(envelope.queueId(), to, act, "act-0", "olga", "spam"));
  }

  private void deliver(Envelope envelope, Recipient to) {
    tell(new MailEvent.Delivered(envelope.queueId(), to.address(), TAKEN, 1, Duration.ofMillis(5)));
  }

  private void tell(MailEvent event) {
    var lines = new ArrayList<byte[]>();
    new CommandEvents("worker-1", InstantSource.system(), (_, json) -> lines.add(json))
        .record(event);
    lines.forEach(line -> queue.put(queue.topics().events(), 0, line));
  }

  private void settle(String... topics) throws Exception {
    for (var topic : topics) TestTopics.settle(queue.cluster(), topic);
  }

  /// As if storage writers had done all that lies there.
  private void store(String... topics) throws Exception {
    var writers = new ConsumerGroups(queue.topics()).store();
    for (var topic : topics) TestTopics.settle(queue.cluster(), writers, topic);
  }

  private void bury(Envelope envelope) {
    var mail = TestTopics.queue(queue.cluster(), Sending.DEFAULT, "worker-1");
    mail.start();
    var _ = mail.bury(envelope, "we could not").toCompletableFuture().join();
    mail.close();
  }

  private static Envelope deferred(Envelope envelope) {
    var at = new RecordPosition("remote", 0, 42);
    return envelope
        .withContent(new Content.InRecord(at, 100))
        .deferred(new Attempt(LONG_AGO, "worker-1", "", "450 4.2.0 later"), LONG_AGO);
  }

  private static Envelope ended(Envelope envelope) {
    var ending = new Ending("act-0", true, "spam", "olga");
    return light(envelope).ordered(new Orders(0, Optional.empty(), Optional.of(ending)));
  }

  private static Envelope light(Envelope envelope) {
    return envelope.withContent(new Content.InRecord(new RecordPosition("local", 0, 0), 100));
  }

  private static Set<QueueId> ids(List<Envelope> envelopes) {
    var ids = new HashSet<QueueId>();
    envelopes.forEach(envelope -> ids.add(envelope.queueId()));
    return ids;
  }

  private static long count(List<String> events, String what) {
    return events.stream().filter(event -> event.contains(what)).count();
  }

  private static final class KilledHere extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
