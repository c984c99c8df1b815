package io.posthouse.kafka;

import io.posthouse.directive.Act;
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
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;

/// What became of recipients: from what is in the queue now, and from the events since.
///
/// @param since nobody was delivered to before
/// @param queue where messages are that are left there
record RecipientFates(KafkaCluster cluster, Instant since, Set<Place> queue)
    implements ReplayPass.Fates {
  /// How wrong a node's clock may be, by which its events are dated.
  private static final Duration CLOCKS = Duration.ofHours(1);

  /// A worker's word of a message is durable before the message is settled; a mover's may come just
  /// after it has moved what a worker then ends without another word.
  private static final Duration EVENTS_COME = Duration.ofSeconds(2);

  private static final Set<String> GIVING_UP = Set.of(Act.Kind.BOUNCE.word(), Act.Kind.DROP.word());

  /// Of the recipients of a plan. A dead letter for a mailbox may have been stored before it died.
  static RecipientFates of(KafkaCluster cluster, ReplayPlan plan) {
    var dead = plan.source() == ReplayPlan.Source.REMOTE;
    var owed = EnumSet.complementOf(EnumSet.of(Place.DEAD));
    return new RecipientFates(cluster, plan.from(), dead ? EnumSet.allOf(Place.class) : owed);
  }

  @Override
  public void settle(Candidates candidates) throws KafkaUnreachable {
    // The queue first: who leaves it between the two questions has met its end, or is left out this
    // time. Of both, what lies behind a transaction that is not over counts, too: it is waited for.
    queued(candidates);
    awaitEvents();
    told(candidates);
  }

  private void queued(Candidates candidates) throws KafkaUnreachable {
    var open = Inquiry.ask(cluster, admin -> survey(admin).of(queue));
    new QueueScanner(cluster)
        .scan(
            open,
            found -> {
              envelope(found).ifPresent(envelope -> mark(candidates, envelope));
              return true;
            },
            (_, _) -> {});
  }

  private OwedSurvey survey(Admin admin) {
    return new OwedSurvey(admin, cluster.topics(), IsolationLevel.READ_UNCOMMITTED);
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

  private void told(Candidates candidates) throws KafkaUnreachable {
    var events = List.of(cluster.topics().events());
    new SpanReader(cluster)
        .read(
            Partitions.written(cluster, events, since.minus(CLOCKS), Optional.empty()),
            (records, _) -> {
              // Several threads read.
              synchronized (candidates) {
                records.forEach(record -> told(DueRecords.valueOf(record), candidates));
              }
              return true;
            });
  }

  private static void told(byte[] json, Candidates candidates) {
    var line = new String(json, StandardCharsets.UTF_8);
    var id = EventTexts.of(line, "queue_id").flatMap(QueueId::parse);
    if (id.isEmpty()) return;
    switch (EventTexts.of(line, "event").orElse("")) {
      case "delivered" ->
          EventTexts.of(line, "to").ifPresent(to -> candidates.mark(id.get(), to, State.DELIVERED));
      case "directed" -> {
        if (GIVING_UP.contains(EventTexts.of(line, "act").orElse("")))
          EventTexts.all(line, "to").forEach(to -> candidates.mark(id.get(), to, State.GIVEN_UP));
      }
      default -> {}
    }
  }
}
