package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.queue.Taken;
import io.posthouse.queue.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void kafka_goes_and_comes_back_and_nobody_has_to_be_restarted(@TempDir Path directory) {
    var settings = EmbeddedKafka.Settings.in(directory).withFsync(false);
    var kafka = EmbeddedKafka.start(settings);
    var topics = new Topics("");
    try (var queue = new TestQueue(kafka.bootstrap(), topics)) {
      queue.create(3, topics.split(), topics.remoteDue(), topics.localDue());
      var intake = RecordingIntake.settlingNone();
      var reader = reader(queue, intake);
      var splitter = Splitter.of(queue.cluster(), "a", "deliver", _ -> {}, InstantSource.system());
      try {
        reader.start();
        splitter.start();
        queue.put(topics.split(), messages(100));
        await().atMost(PATIENCE).until(() -> intake.count() == 200);

        kafka.close();
        await().atMost(PATIENCE).until(() -> reader.trouble().isPresent());
        await().atMost(PATIENCE).until(() -> splitter.trouble().isPresent());
        intake.all().forEach(Taken::settle);
        kafka = EmbeddedKafka.start(settings.withPort(kafka.port()));

        await().atMost(PATIENCE).until(() -> reader.trouble().isEmpty());
        await().atMost(PATIENCE).until(() -> splitter.trouble().isEmpty());
        queue.put(topics.split(), messages(100));
        await().atMost(PATIENCE).until(() -> intake.count() >= 400);
        assertEquals(400, intake.all().stream().map(Taken::position).distinct().count());
        assertEquals(400, intake.count());
      } finally {
        reader.close();
        splitter.close();
      }
    } finally {
      kafka.close();
    }
  }

  private static LedgerReader reader(TestQueue queue, RecordingIntake intake) {
    var settings = LedgerSettings.of("deliver", "a", List.of(queue.topics().remoteDue()));
    var deadLetters = new RecordingDeadLetters(0);
    return new LedgerReader(
        queue.cluster(), settings, intake, deadLetters, _ -> {}, InstantSource.system());
  }

  private static List<Envelope> messages(int howMany) {
    return Stream.generate(() -> Samples.message(Samples.CAROL, Samples.DAVE))
        .limit(howMany)
        .toList();
  }
}
