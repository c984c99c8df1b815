package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.NextHop;
import io.posthouse.message.Orders;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.Found;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Directives and what waits: in retry topics and in `held`.
class DirectedPipeIT {
  private static final Duration SOON = Duration.ofMinutes(30);
  private static final Duration LATE = Duration.ofHours(4);
  private static final int PARTITIONS = 3;

  private final List<Service> started = new ArrayList<>();
  private final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private TestQueue queue;
  private int given;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(DirectedPipeIT.class);
    var topics = queue.topics();
    queue.create(
        PARTITIONS,
        topics.remoteDue(),
        topics.localDue(),
        topics.retry(SOON),
        topics.retry(LATE),
        topics.held(),
        topics.dead());
    queue.create(1, topics.control());
  }

  @AfterEach
  void close() {
    stop();
    queue.close();
  }

  @Test
  void a_flush_sends_each_message_of_a_domain_once_and_no_other() {
    var flushed = defer(200, "example.net");
    defer(200, "example.org");
    start("a");
    give(new Act.Flush(), domain("example.net"));
    awaitDue(flushed.size());
    assertEquals(once(flushed, List.of()), count(queue.topics().remoteDue()));
  }

  @Test
  void two_flushes_at_once_send_each_message_once() {
    var flushed = defer(300, "example.net");
    start("a");
    var first = directives().known();
    give(new Act.Flush(), domain("example.net"), false);
    give(new Act.Flush(), domain("example.net"), true);
    assertEquals(0, first.inOrder().size());
    awaitDone();
    assertEquals(once(flushed, List.of()), count(queue.topics().remoteDue()));
  }

  @Test
  void what_is_held_comes_back_when_it_is_released() {
    var held = defer(150, "example.net");
    var other = defer(50, "example.org");
    start("a");
    give(new Act.Hold(), domain("example.net"));
    await().until(() -> queue.read(queue.topics().held()).size() == held.size());
    assertEquals(Map.of(), count(queue.topics().remoteDue()));
    assertEquals(once(held, other), seen());
    give(new Act.Flush(), QueueFilter.EVERYTHING);
    awaitDue(other.size());
    assertEquals(once(other, List.of()), count(queue.topics().remoteDue()));
    give(new Act.Release(), QueueFilter.EVERYTHING);
    awaitDue(held.size() + other.size());
    assertEquals(once(held, other), count(queue.topics().remoteDue()));
  }

  @Test
  void what_somebody_holds_who_had_not_heard_of_its_release_is_released() {
    start("a");
    give(new Act.Hold(), domain("example.net"));
    give(new Act.Release(), domain("example.net"));
    awaitDone();
    var late = new Orders(0, Optional.empty(), Optional.empty());
    var message = deferred("user@example.net").ordered(late);
    queue.put(queue.topics().held(), List.of(message, deferred("user@example.org")));
    awaitDue(1);
    assertEquals(once(List.of(message.queueId()), List.of()), count(queue.topics().remoteDue()));
  }

  @Test
  void what_was_ordered_goes_with_the_message() {
    defer(10, "example.net");
    start("a");
    give(new Act.Reroute(new NextHop(new Domain("[192.0.2.1]"), 26)), domain("example.net"));
    awaitDue(10);
    for (var envelope : queue.envelopes(queue.topics().remoteDue()))
      assertEquals(
          "[192.0.2.1]:26", envelope.orders().nextHop().map(NextHop::toString).orElse("none"));
  }

  @Test
  void each_message_that_is_touched_makes_one_event() {
    var touched = defer(20, "example.net");
    defer(20, "example.org");
    start("a");
    give(new Act.Flush(), domain("example.net"));
    awaitDue(20);
    await().until(() -> events.size() >= 20);
    var about =
        events.stream()
            .map(MailEvent.Directed.class::cast)
            .collect(Collectors.groupingBy(MailEvent.Directed::queueId, Collectors.counting()));
    assertEquals(once(touched, List.of()), about);
  }

  @Test
  void a_pipe_that_begins_anew_does_nothing_twice_and_forgets_nothing() {
    var flushed = defer(300, "example.net");
    var held = defer(300, "example.org");
    for (int life = 0; life < 4; life++) {
      start("a");
      if (life == 0) give(new Act.Hold(), domain("example.org"), false);
      if (life == 1) give(new Act.Flush(), domain("example.net"), false);
      if (life == 3) give(new Act.Release(), QueueFilter.EVERYTHING);
      if (life < 3) stop();
    }
    awaitDue(flushed.size() + held.size());
    awaitDone();
    assertEquals(once(flushed, held), count(queue.topics().remoteDue()));
  }

  @Test
  void what_a_directive_left_alone_is_moved_in_its_time() {
    var soon = Instant.now().plusSeconds(5);
    var message = Samples.message(content(), Samples.CAROL, Samples.remote("erin@example.net"));
    var waiting = message.deferred(new Attempt(Instant.now(), "a", "", "450 later"), soon);
    queue.put(queue.topics().retry(SOON), List.of(waiting));
    start("a");
    var erin = PathPattern.parse("erin@example.net").orElseThrow();
    give(new Act.Flush(), QueueFilter.of(new Criterion.Recipient(erin)));
    awaitDue(1);
    assertEquals(
        List.of("erin@example.net"),
        queue.envelopes(queue.topics().remoteDue()).getFirst().recipients().stream()
            .map(recipient -> recipient.address().toString())
            .toList());
    awaitDue(2);
    assertEquals(
        List.of(Samples.CAROL),
        queue.envelopes(queue.topics().remoteDue()).stream()
            .filter(envelope -> envelope.recipients().contains(Samples.CAROL))
            .findFirst()
            .orElseThrow()
            .recipients());
  }

  private List<QueueId> defer(int howMany, String domain) {
    var messages =
        IntStream.range(0, howMany).mapToObj(i -> deferred("user" + i + "@" + domain)).toList();
    queue.put(queue.topics().retry(SOON), messages.subList(0, howMany / 2));
    queue.put(queue.topics().retry(LATE), messages.subList(howMany / 2, howMany));
    return messages.stream().map(Envelope::queueId).toList();
  }

  private static Envelope deferred(String to) {
    var at = Instant.now().minusSeconds(60);
    return Samples.message(content(), Samples.remote(to))
        .deferred(new Attempt(at, "worker-1", "", "450 4.2.0 later"), at.plus(SOON));
  }

  private static Content content() {
    return new Content.InRecord(new RecordPosition("remote", 0, 42), 100);
  }

  private void give(Act act, QueueFilter filter) {
    give(act, filter, true);
  }

  private void give(Act act, QueueFilter filter, boolean wait) {
    var id = act.kind().word() + "-" + ++given;
    var directive =
        new Directive(id, act, filter, Instant.now(), Optional.empty(), "as you asked", "olga");
    directives().give(directive);
    if (wait) await().until(() -> directives().known().find(id).isPresent());
  }

  private static QueueFilter domain(String name) {
    return QueueFilter.of(new Criterion.To(new Domain(name)));
  }

  private void awaitDue(int howMany) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> queue.read(queue.topics().remoteDue()).size() >= howMany);
  }

  /// Until all that was given has been done to every partition.
  private void awaitDone() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          var notes = queue.sweeps(new ConsumerGroups(queue.topics()).mover());
          return notes.size() == 3 * PARTITIONS
              && notes.values().stream().allMatch(note -> note.directive() >= given - 1);
        });
  }

  private static Map<QueueId, Long> once(List<QueueId> some, List<QueueId> more) {
    return Stream.concat(some.stream(), more.stream()).collect(Collectors.toMap(id -> id, _ -> 1L));
  }

  private Map<QueueId, Long> count(String topic) {
    return queue.envelopes(topic).stream()
        .collect(Collectors.groupingBy(Envelope::queueId, Collectors.counting()));
  }

  /// What an operator sees: each message where it is now.
  private Map<QueueId, Long> seen() {
    var seen = new ArrayList<QueueId>();
    try {
      new QueueScanner(queue.cluster())
          .scan(
              Set.of(Place.DEFERRED, Place.HELD, Place.DUE),
              found -> seen.add(((Found.Owed) found).envelope().queueId()),
              (_, _) -> {});
    } catch (KafkaUnreachable e) {
      throw new AssertionError(e);
    }
    return seen.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
  }

  private KafkaDirectives directives() {
    return (KafkaDirectives) started.getFirst();
  }

  private void start(String node) {
    var directives = new KafkaDirectives(queue.cluster());
    started.add(directives);
    directives.start();
    var schedule = new RetrySchedule(List.of(SOON, LATE), Duration.ofDays(5));
    var mover =
        RetryMover.of(
            queue.cluster(),
            schedule,
            directives,
            new NoRenewals(),
            node,
            events::add,
            InstantSource.system());
    started.add(mover);
    mover.start();
  }

  private void stop() {
    started.reversed().forEach(Service::close);
    started.clear();
  }
}
