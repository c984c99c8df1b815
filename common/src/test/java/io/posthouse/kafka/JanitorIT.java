package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Samples;
import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JanitorIT {
  private static final Duration TIER = Duration.ofHours(1);
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(List.of(TIER), Duration.ofDays(5));

  private TestQueue queue;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(JanitorIT.class);
    var topics = queue.topics();
    queue.create(2, topics.remote(), topics.content(), topics.retry(TIER));
    queue.put(topics.remote(), Collections.nCopies(10, Samples.message(Samples.CAROL)));
    queue.put(topics.content(), 0, new byte[100]);
  }

  @AfterEach
  void close() {
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

  private Janitor janitorIn(Duration ahead) {
    var settings = JanitorSettings.of(Duration.ofDays(7), SCHEDULE);
    return new Janitor(
        queue.cluster(), settings, () -> InstantSource.system().instant().plus(ahead));
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
