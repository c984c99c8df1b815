package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives;
import io.posthouse.message.Samples;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JanitorIT {
  private static final Duration TIER = Duration.ofHours(1);
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(List.of(TIER), Duration.ofDays(5));

  private TestQueue queue;
  private KafkaDirectives directives;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(JanitorIT.class);
    var topics = queue.topics();
    queue.create(2, topics.remote(), topics.content(), topics.retry(TIER));
    queue.put(topics.remote(), Collections.nCopies(10, Samples.message(Samples.CAROL)));
    queue.put(topics.content(), 0, new byte[100]);
    queue.create(1, topics.control());
    directives = new KafkaDirectives(queue.cluster());
    directives.start();
  }

  @AfterEach
  void close() {
    directives.close();
    queue.close();
  }

  @Test
  void what_everybody_is_done_with_goes_after_the_replay_window() throws Exception {
    settleAll();
    assertEquals(0, janitorIn(Duration.ofDays(13)).round().deleted());
    assertEquals(10, queue.read(queue.topics().remote()).size());
    assertEquals(11, janitorIn(Duration.ofDays(14)).round().deleted());
    assertEquals(0, queue.read(queue.topics().remote()).size());
    assertEquals(0, queue.read(queue.topics().content()).size());
  }

  @Test
  void nothing_goes_while_a_message_is_stuck_not_even_content() throws Exception {
    var round = janitorIn(Duration.ofDays(14)).round();
    assertEquals(0, round.deleted());
    assertEquals(1, round.overdue());
    assertEquals(1, queue.read(queue.topics().content()).size());
  }

  @Test
  void nothing_goes_while_a_deferral_waits_that_nobody_moves() throws Exception {
    settleAll();
    queue.put(queue.topics().retry(TIER), List.of(Samples.message(Samples.CAROL)));
    assertEquals(0, janitorIn(Duration.ofDays(14)).round().deleted());
  }

  @Test
  void directives_that_touch_nothing_any_longer_are_forgotten_by_all_save_the_last()
      throws Exception {
    settleAll();
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    give("hold-1", new Act.Hold(), now, Optional.of(now.plus(Duration.ofDays(10))));
    give("drop-1", new Act.Drop(), now, Optional.empty());
    give("undo-1", new Act.Undo("drop-1"), now, Optional.empty());
    give("drop-2", new Act.Drop(), now, Optional.empty());
    assertEquals(0, janitorIn(Duration.ofDays(14)).round().forgotten());
    assertEquals(1, janitorIn(Duration.ofDays(17)).round().forgotten());
    await().until(() -> ids(directives.known()).equals(List.of("hold-1", "undo-1", "drop-2")));
    // Once what it undoes is forgotten, it can go.
    assertEquals(2, janitorIn(Duration.ofDays(27)).round().forgotten());
    await().until(() -> ids(directives.known()).equals(List.of("drop-2")));
    assertEquals(0, janitorIn(Duration.ofDays(100)).round().forgotten());
    assertEquals(List.of("drop-2"), ids(KafkaDirectives.read(queue.cluster())));
  }

  @Test
  void nothing_is_forgotten_while_a_message_is_stuck() throws Exception {
    give("drop-1", new Act.Drop(), Instant.now(), Optional.empty());
    give("drop-2", new Act.Drop(), Instant.now(), Optional.empty());
    assertEquals(0, janitorIn(Duration.ofDays(100)).round().forgotten());
  }

  private void give(String id, Act act, Instant at, Optional<Instant> until) throws Exception {
    var directive = new Directive(id, act, QueueFilter.EVERYTHING, at, until, "", "olga");
    directives.give(directive);
    assertTrue(directives.await(directive, Duration.ofSeconds(30)));
  }

  private static List<String> ids(Directives known) {
    return known.inOrder().stream().map(next -> next.directive().id()).toList();
  }

  private Janitor janitorIn(Duration ahead) {
    var settings = JanitorSettings.of(Duration.ofDays(7), SCHEDULE);
    return new Janitor(
        queue.cluster(), settings, directives, () -> InstantSource.system().instant().plus(ahead));
  }

  private void settleAll() {
    var intake = RecordingIntake.settlingAll();
    var group = new ConsumerGroups(queue.topics()).deliver();
    var reader =
        new LedgerReader(
            queue.cluster(),
            LedgerSettings.of(group, "a", List.of(queue.topics().remote())),
            intake,
            new RecordingDeadLetters(0),
            _ -> {},
            InstantSource.system());
    reader.start();
    await().until(() -> intake.count() == 10);
    reader.drain(Duration.ofSeconds(20));
  }
}
