package io.posthouse.kafka;

import io.posthouse.kafka.Candidates.State;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.telemetry.EventTexts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What became of recipients of remote mail: from what is in the queue now, and from the events
/// since.
///
/// @param since nobody was delivered to before
record RecipientFates(KafkaCluster cluster, Instant since) implements ReplayPass.Fates {
  /// How wrong a node's clock may be, by which its events are dated.
  private static final Duration CLOCKS = Duration.ofHours(1);

  /// An event is written just before its record is settled, and may come just after.
  private static final Duration EVENTS_COME = Duration.ofSeconds(2);

  @Override
  public void settle(Candidates candidates) throws KafkaUnreachable {
    // The queue first: who leaves it between the two questions has been delivered to, or is left
    // out this time.
    queued(candidates);
    awaitEvents();
    delivered(candidates);
  }

  private void queued(Candidates candidates) throws KafkaUnreachable {
    new QueueScanner(cluster)
        .scan(
            EnumSet.allOf(Place.class),
            found -> {
              envelope(found).ifPresent(envelope -> mark(candidates, envelope));
              return true;
            },
            (_, _) -> {});
  }

  private static Optional<Envelope> envelope(Found found) {
    return switch (found) {
      case Found.Owed owed -> Optional.of(owed.envelope());
      case Found.Dead dead -> dead.envelope();
      case Found.Unreadable _ -> Optional.empty();
    };
  }

  private static void mark(Candidates candidates, Envelope envelope) {
    for (var to : envelope.recipients())
      candidates.mark(envelope.queueId(), to.address().toString(), State.QUEUED);
  }

  private void awaitEvents() throws KafkaUnreachable {
    try {
      Thread.sleep(EVENTS_COME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachable(cluster, e);
    }
  }

  private void delivered(Candidates candidates) throws KafkaUnreachable {
    new SpanReader(cluster)
        .read(
            events(),
            (records, _) -> {
              // Several threads read.
              synchronized (candidates) {
                records.forEach(record -> delivered(record, candidates));
              }
              return true;
            });
  }

  private List<Span> events() {
    try (var reader = new LogReader(cluster, cluster.topics().events(), 1)) {
      var from = since.minus(CLOCKS);
      return reader.written(List.of(cluster.topics().events()), from, Optional.empty());
    }
  }

  private static void delivered(ConsumerRecord<byte[], byte[]> record, Candidates candidates) {
    var line = new String(DueRecords.valueOf(record), StandardCharsets.UTF_8);
    if (!EventTexts.of(line, "event").filter("delivered"::equals).isPresent()) return;
    var id = EventTexts.of(line, "queue_id").flatMap(QueueId::parse);
    var to = EventTexts.of(line, "to");
    if (id.isPresent() && to.isPresent()) candidates.mark(id.get(), to.get(), State.DELIVERED);
  }
}
