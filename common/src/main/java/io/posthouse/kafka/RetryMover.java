package io.posthouse.kafka;

import io.posthouse.message.Envelope;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.telemetry.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Moves deferred messages to `remote.due` and `local.due` when they are due.
///
/// All records of a retry topic have the same delay, so the head of a partition is due first, and a
/// mover need only wait for heads.
public final class RetryMover implements PipeRule {
  private final Map<String, Duration> tiers;
  private final DueRecords due;

  RetryMover(Map<String, Duration> tiers, DueRecords due) {
    this.tiers = Map.copyOf(tiers);
    this.due = due;
  }

  /// A mover of all retry topics of the schedule.
  ///
  /// @param node this node's name, the same after every restart
  public static TransactionalPipe of(
      KafkaCluster cluster,
      RetrySchedule schedule,
      String node,
      Events events,
      InstantSource clock) {
    var topics = cluster.topics();
    var tiers = schedule.tiers().stream().collect(Collectors.toMap(topics::retry, tier -> tier));
    return new TransactionalPipe(
        "retry mover",
        cluster,
        new TransactionalPipe.Membership(new ConsumerGroups(topics).mover(), node),
        List.copyOf(tiers.keySet()),
        new RetryMover(tiers, new DueRecords(topics, node, events, clock)),
        clock);
  }

  @Override
  public Step step(ConsumerRecord<byte[], byte[]> record) {
    try {
      var envelope = EnvelopeCodec.decode(DueRecords.valueOf(record));
      return new Step(record.offset(), dueTime(envelope, record), due.of(envelope, record));
    } catch (MalformedRecord e) {
      var reason = String.valueOf(e.getMessage());
      return new Step(record.offset(), Instant.EPOCH, due.dead(record, reason));
    }
  }

  private Instant dueTime(Envelope envelope, ConsumerRecord<byte[], byte[]> record) {
    var written = Instant.ofEpochMilli(record.timestamp());
    var tier = tiers.getOrDefault(record.topic(), Duration.ZERO);
    var due = envelope.due().orElse(written.plus(tier));
    // A node whose clock is days ahead must not hold up everybody behind its record.
    var latest = written.plus(tier.multipliedBy(2));
    return due.isAfter(latest) ? latest : due;
  }
}
