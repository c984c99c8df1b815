package io.posthouse.kafka;

import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.telemetry.Events;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Fans out what was accepted for several destinations: for each an envelope in `remote.due` or
/// `local.due`, all of them or none. The content stays in `split`.
public final class Splitter implements PipeRule {
  private final DueRecords due;

  Splitter(DueRecords due) {
    this.due = due;
  }

  /// A splitter; one group, whichever roles its members belong to.
  ///
  /// @param node this node's name, the same after every restart
  /// @param role of this process; a node may have several that split
  public static TransactionalPipe of(
      KafkaCluster cluster, String node, String role, Events events, InstantSource clock) {
    var topics = cluster.topics();
    return new TransactionalPipe(
        "splitter",
        cluster,
        new TransactionalPipe.Membership(new ConsumerGroups(topics).splitter(), node + "-" + role),
        List.of(topics.split()),
        new Splitter(new DueRecords(topics, node, events, clock)),
        events,
        clock);
  }

  @Override
  public Step step(ConsumerRecord<byte[], byte[]> record, long done) {
    try {
      var envelope = EnvelopeCodec.decode(DueRecords.valueOf(record));
      return new Step(record.offset(), Instant.EPOCH, due.of(envelope, record));
    } catch (MalformedRecord e) {
      var reason = String.valueOf(e.getMessage());
      return new Step(record.offset(), Instant.EPOCH, due.dead(record, reason));
    }
  }
}
