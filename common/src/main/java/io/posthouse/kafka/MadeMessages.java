package io.posthouse.kafka;

import io.posthouse.message.QueueId;
import io.posthouse.telemetry.EventTexts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/// Messages of our own making that local mail has brought about, by the events: what was forwarded,
/// and what users who are away have answered.
public final class MadeMessages {
  private final KafkaCluster cluster;

  public MadeMessages(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /// Tells of each that was made since then, at most some hundred at a time in memory.
  public void since(Instant from, Consumer<QueueId> made) throws KafkaUnreachable {
    var topic = cluster.topics().events();
    try (var reader = new LogReader(cluster, topic, 500)) {
      reader.begin(Partitions.written(cluster, List.of(topic), from, Optional.empty()));
      for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next())
        for (var record : batch) made(DueRecords.valueOf(record)).ifPresent(made);
    } catch (KafkaException e) {
      throw new KafkaUnreachable(cluster, e);
    }
  }

  private static Optional<QueueId> made(byte[] json) {
    var line = new String(json, StandardCharsets.UTF_8);
    var id =
        switch (EventTexts.of(line, "event").orElse("")) {
          case "forwarded" -> EventTexts.of(line, "forward");
          case "auto_replied" -> EventTexts.of(line, "reply");
          default -> Optional.<String>empty();
        };
    return id.flatMap(QueueId::parse);
  }
}
