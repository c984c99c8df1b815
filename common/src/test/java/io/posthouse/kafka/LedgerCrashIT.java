package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.telemetry.EventTexts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LedgerCrashIT {
  private static final int MESSAGES = 20_000;

  @Test
  void
      after_a_kill_exactly_what_the_last_commit_left_open_is_taken_again_and_all_else_is_recorded() {
    try (var queue = TestQueue.fresh(LedgerCrashIT.class)) {
      var topics = queue.topics();
      queue.create(6, topics.remote(), topics.remoteDue(), topics.events());
      var all = positions(queue);
      var group = "deliver-" + topics.prefix();

      var doneBefore = new HashSet<String>();
      try (var victim = victim(queue, group)) {
        await().atMost(Duration.ofMinutes(2)).until(() -> victim.count() > MESSAGES / 2);
        victim.kill();
        doneBefore.addAll(victim.lines());
      }
      var notes = queue.notes(group);
      var open =
          all.stream()
              .filter(at -> {
                var note = notes.get(new TopicPartition(at.topic(), at.partition()));
                return note == null || !note.settled(at.offset());
              })
              .map(RecordPosition::toString)
              .collect(Collectors.toSet());

      var recorded = recorded(queue);
      all.stream()
          .map(RecordPosition::toString)
          .filter(at -> !open.contains(at))
          .forEach(at -> assertTrue(recorded.contains(at), "settled and not recorded: " + at));

      var takenAgain = takeTheRest(queue, group, open.size());
      assertEquals(open, takenAgain);
      all.forEach(at ->
          assertTrue(
              doneBefore.contains("done " + at) || takenAgain.contains(at.toString()),
              "lost: " + at));
      var repeated = takenAgain.stream().filter(at -> doneBefore.contains("done " + at)).count();
      System.out.println(
          "killed after " + doneBefore.size() + " of " + MESSAGES + ": " + repeated + " repeated");
    }
  }

  private static Set<String> takeTheRest(TestQueue queue, String group, int howMany) {
    var intake = RecordingIntake.settlingAll();
    var reader =
        new LedgerReader(
            queue.cluster(),
            KilledReader.settings(group, queue.topics()),
            intake,
            new RecordingDeadLetters(0),
            _ -> {},
            InstantSource.system());
    reader.start();
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> intake.count() >= howMany);
    } finally {
      reader.drain(Duration.ofSeconds(20));
    }
    assertEquals(howMany, intake.count());
    return intake.all().stream().map(t -> t.position().toString()).collect(Collectors.toSet());
  }

  /// Of which records the events say that they were delivered.
  private static Set<String> recorded(TestQueue queue) {
    return queue.read(queue.topics().events()).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .map(line -> EventTexts.of(line, "observed").orElseThrow())
        .collect(Collectors.toSet());
  }

  private static ChildJvm victim(TestQueue queue, String group) {
    return ChildJvm.run(
        KilledReader.class, TestBroker.shared().bootstrap(), queue.topics().prefix(), group);
  }

  private static Set<RecordPosition> positions(TestQueue queue) {
    var mail =
        IntStream.range(0, MESSAGES / 2)
            .mapToObj(i -> Samples.message(Samples.remote("bob@d" + i % 499 + ".example")));
    var envelopes = mail.toList();
    var written = new HashSet<>(queue.put(queue.topics().remote(), envelopes));
    written.addAll(queue.put(queue.topics().remoteDue(), envelopes));
    return written.stream().map(LedgerCrashIT::position).collect(Collectors.toSet());
  }

  private static RecordPosition position(RecordMetadata at) {
    return new RecordPosition(at.topic(), at.partition(), at.offset());
  }
}
