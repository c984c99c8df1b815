package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.queue.Topics;
import io.posthouse.telemetry.Metrics;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderMetricsTest {
  // Nobody is there, and nobody is asked before the start.
  private final KafkaCluster cluster = new KafkaCluster("localhost:1", new Topics("p."));
  private final Metrics metrics = new Metrics();

  @ParameterizedTest
  @ValueSource(strings = {"p.deliver", "p.store"})
  void readers_of_one_process_are_told_apart_by_their_group(String group) {
    reader("p.deliver").showIn(metrics);
    reader("p.store").showIn(metrics);
    assertEquals(0, sample("mail_reader_in_flight", group));
    assertEquals(0, sample("mail_reader_up", group));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.splitter-a-deliver", "p.splitter-a-store"})
  void splitters_of_one_process_are_told_apart_by_their_role(String member) {
    splitter("deliver").showIn(metrics);
    splitter("store").showIn(metrics);
    assertEquals(0, sample("mail_pipe_moved", member));
  }

  private double sample(String name, String group) {
    return metrics.registry().getSampleValue(name, new String[] {"group"}, new String[] {group});
  }

  private LedgerReader reader(String group) {
    return new LedgerReader(
        cluster,
        LedgerSettings.of(group, "a", List.of("p.remote")),
        RecordingIntake.settlingAll(),
        new RecordingDeadLetters(0),
        _ -> {},
        InstantSource.system());
  }

  private TransactionalPipe splitter(String role) {
    return Splitter.of(cluster, "a", role, _ -> {}, InstantSource.system());
  }
}
