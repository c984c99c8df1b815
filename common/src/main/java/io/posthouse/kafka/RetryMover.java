package io.posthouse.kafka;

import io.posthouse.directive.Directives;
import io.posthouse.directive.Part;
import io.posthouse.directive.Sighting;
import io.posthouse.directive.Touches;
import io.posthouse.message.Envelope;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.Place;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Moves deferred messages to `remote.due` and `local.due` when they are due, writes held ones anew
/// before they are old, and does to all of them what operators order.
///
/// All records of a retry topic have the same delay, so the head of a partition is due first, and a
/// mover need only wait for heads.
public final class RetryMover implements PipeRule {
  private final Map<String, Duration> tiers;
  private final DueRecords due;
  private final String held;
  private final Renewals renewals;
  private final Supplier<Directives> directives;
  private final Supplier<Optional<String>> trouble;

  RetryMover(
      Map<String, Duration> tiers,
      DueRecords due,
      String held,
      Renewals renewals,
      Supplier<Directives> directives,
      Supplier<Optional<String>> trouble) {
    this.tiers = Map.copyOf(tiers);
    this.due = due;
    this.held = held;
    this.renewals = renewals;
    this.directives = directives;
    this.trouble = trouble;
  }

  /// A mover of all retry topics of the schedule, and of what is held.
  ///
  /// @param node this node's name, the same after every restart
  public static TransactionalPipe of(
      KafkaCluster cluster,
      RetrySchedule schedule,
      KafkaDirectives directives,
      Renewals renewals,
      String node,
      Events events,
      InstantSource clock) {
    var topics = cluster.topics();
    var tiers = schedule.tiers().stream().collect(Collectors.toMap(topics::retry, tier -> tier));
    return new TransactionalPipe(
        "retry mover",
        cluster,
        new TransactionalPipe.Membership(new ConsumerGroups(topics).mover(), node),
        Stream.concat(tiers.keySet().stream(), Stream.of(topics.held())).toList(),
        new RetryMover(
            tiers,
            new DueRecords(topics, node, events, clock),
            topics.held(),
            renewals,
            directives::known,
            directives::trouble),
        events,
        clock);
  }

  @Override
  public Optional<String> trouble() {
    return trouble.get();
  }

  @Override
  public long newestDirective() {
    return directives.get().newest();
  }

  @Override
  public boolean keeps(String topic) {
    return topic.equals(held);
  }

  @Override
  public Task step(ConsumerRecord<byte[], byte[]> record, long done) {
    try {
      var envelope = EnvelopeCodec.decode(DueRecords.valueOf(record));
      var rest = directives.get().untouched(sighting(envelope, record), done);
      if (rest.isEmpty()) return new Step(record.offset(), Instant.EPOCH, List.of());
      if (keeps(record.topic())) return renewal(rest.get(), record);
      return new Step(record.offset(), dueTime(envelope, record), due.of(rest.get(), record));
    } catch (MalformedRecord e) {
      var reason = String.valueOf(e.getMessage());
      return new Step(record.offset(), Instant.EPOCH, due.dead(record, reason));
    }
  }

  /// What is held is so until somebody releases it, in a record that is never old.
  private Errand renewal(Envelope left, ConsumerRecord<byte[], byte[]> record) {
    return new Errand(
        record.offset(),
        renewals.due(left, written(record)),
        () -> renewals.begin(left),
        answer -> renewed(left, record, answer));
  }

  private Optional<Step> renewed(
      Envelope left, ConsumerRecord<byte[], byte[]> record, Renewals.Answer answer) {
    return switch (answer) {
      case Renewals.Answer.Brought(var content) -> {
        var since = left.orders().heldSince().orElse(written(record));
        // Judged as the one before it: neither its orders nor its place have changed.
        var anew = left.ordered(left.orders().heldSince(since)).withContent(content);
        yield Optional.of(new Step(record.offset(), Instant.EPOCH, due.heldOn(anew)));
      }
      case Renewals.Answer.Gone(var why) ->
          Optional.of(new Step(record.offset(), Instant.EPOCH, due.dead(left, record, why)));
      case Renewals.Answer.NotNow() -> Optional.empty();
    };
  }

  /// Those of whom nothing was ordered yet, and something is now, leave.
  @Override
  public Step sweep(ConsumerRecord<byte[], byte[]> record, long done, long upTo) {
    try {
      var envelope = EnvelopeCodec.decode(DueRecords.valueOf(record));
      var known = directives.get();
      var rest = known.untouched(sighting(envelope, record), done);
      var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
      var events = new ArrayList<MailEvent>();
      if (rest.isPresent())
        for (var part : known.parts(sighting(rest.get(), record), upTo)) {
          records.addAll(moved(part, record));
          events.addAll(Touches.events(part));
        }
      return new Step(record.offset(), Instant.EPOCH, records, events);
    } catch (MalformedRecord unreadable) {
      // Its time comes, and then it is a dead letter.
      return new Step(record.offset(), Instant.EPOCH, List.of());
    }
  }

  private List<ProducerRecord<byte[], byte[]>> moved(
      Part part, ConsumerRecord<byte[], byte[]> record) {
    return switch (part.fate()) {
      case AS_IT_WAS -> List.of();
      case NOW ->
          keeps(record.topic())
              ? due.released(part.envelope(), record)
              : due.of(part.envelope(), record);
      case HELD -> due.held(part.envelope(), record);
    };
  }

  private Sighting sighting(Envelope envelope, ConsumerRecord<byte[], byte[]> record) {
    var place = record.topic().equals(held) ? Place.HELD : Place.DEFERRED;
    return new Sighting(envelope, place, written(record));
  }

  private Instant dueTime(Envelope envelope, ConsumerRecord<byte[], byte[]> record) {
    var written = written(record);
    var tier = tiers.getOrDefault(record.topic(), Duration.ZERO);
    var due = envelope.due().orElse(written.plus(tier));
    // A node whose clock is days ahead must not hold up everybody behind its record.
    var latest = written.plus(tier.multipliedBy(2));
    return due.isAfter(latest) ? latest : due;
  }

  private static Instant written(ConsumerRecord<byte[], byte[]> record) {
    return Instant.ofEpochMilli(record.timestamp());
  }
}
