package io.posthouse.kafka;

import io.posthouse.directive.Directives;
import io.posthouse.directive.Sighting;
import io.posthouse.message.Envelope;
import io.posthouse.message.Orders;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.DeadLetter;
import io.posthouse.queue.DeadLetterCodec;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.Found;
import io.posthouse.queue.Found.Dead;
import io.posthouse.queue.Found.Owed;
import io.posthouse.queue.Found.Unreadable;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads what is in the queue now, over all nodes, in no group: whoever works on it notices
/// nothing.
///
/// A scan sees what was there when it began. What moves from one place to another in that instant
/// may be seen in both, and what was settled in the last fraction of a second may still be seen:
/// commits tell, and they come after the fact. Nothing that is owed all the while is missed.
public final class QueueScanner {
  private final KafkaCluster cluster;

  public QueueScanner(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /// Is told what a scan finds, one at a time, in the order of the log within a partition and in
  /// none beyond.
  @FunctionalInterface
  public interface Visitor {
    /// Takes notice, and says whether to go on.
    boolean visit(Found found);
  }

  /// What there was in some places at one moment.
  @FunctionalInterface
  public interface Sight {
    /// Shows it to a visitor, or until it has enough. Some megabytes are in memory, however much
    /// there is.
    void show(Visitor visitor, Progress progress) throws KafkaUnreachable;
  }

  /// Is told now and then how far a scan is, never by two threads at once.
  @FunctionalInterface
  public interface Progress {
    /// So many of `total` offsets are behind us.
    void at(long done, long total);
  }

  /// Shows all that is in these places now.
  public void scan(Set<Place> places, Visitor visitor, Progress progress) throws KafkaUnreachable {
    look(places).show(visitor, progress);
  }

  /// What is in these places at this moment, to be shown at any later one: who wants to ask others
  /// before knows then that there is a cluster.
  public Sight look(Set<Place> places) throws KafkaUnreachable {
    return look(places, Optional.empty());
  }

  /// The same, for who wants one message only: what is surely of another is not read, and not
  /// shown.
  public Sight look(Set<Place> places, Optional<QueueId> only) throws KafkaUnreachable {
    var open = Inquiry.ask(cluster, admin -> survey(admin, places));
    // An empty queue has its topics.
    if (open.isEmpty()) Inquiry.expect(cluster, cluster.topics().remote());
    return (visitor, progress) -> scan(open, only, visitor, progress);
  }

  /// The places of a [#survey].
  void scan(List<OwedSurvey.Open> open, Visitor visitor, Progress progress)
      throws KafkaUnreachable {
    scan(open, Optional.empty(), visitor, progress);
  }

  private void scan(
      List<OwedSurvey.Open> open, Optional<QueueId> only, Visitor visitor, Progress progress)
      throws KafkaUnreachable {
    var byPartition = new HashMap<TopicPartition, OwedSurvey.Open>();
    open.forEach(part -> byPartition.put(part.id(), part));
    var spans = open.stream().flatMap(part -> part.spans().stream()).toList();
    var directives = directives(open);
    var visit = new Visit(visitor, progress, spans.stream().mapToLong(Span::length).sum());
    new SpanReader(cluster)
        .read(
            spans,
            (records, passed) -> visit.take(found(byPartition, only, directives, records), passed));
  }

  List<OwedSurvey.Open> survey(Admin admin, Set<Place> places)
      throws ExecutionException, InterruptedException {
    return new OwedSurvey(admin, cluster.topics()).of(places);
  }

  /// Where none has been done, nobody need be asked which there are.
  private Directives directives(List<OwedSurvey.Open> open) throws KafkaUnreachable {
    return open.stream().allMatch(part -> part.sweep().newest() == Orders.NEVER)
        ? Directives.NONE
        : KafkaDirectives.read(cluster);
  }

  private static List<Found> found(
      Map<TopicPartition, OwedSurvey.Open> open,
      Optional<QueueId> only,
      Directives directives,
      List<ConsumerRecord<byte[], byte[]>> records) {
    var found = new ArrayList<Found>();
    for (var record : records) {
      var part = open.get(new TopicPartition(record.topic(), record.partition()));
      if (part != null && !part.note().settled(record.offset()))
        found(part.place(), only, record)
            .flatMap(one -> left(one, part.sweep(), directives))
            .ifPresent(found::add);
    }
    return found;
  }

  /// What directives have not taken from its place yet.
  private static Optional<Found> left(Found found, SweepNote sweep, Directives directives) {
    var done = sweep.done(found.at().offset());
    if (done == Orders.NEVER || !(found instanceof Owed owed)) return Optional.of(found);
    var sighting = new Sighting(owed.envelope(), owed.place(), owed.written());
    return directives
        .untouched(sighting, done)
        .map(rest -> new Owed(owed.place(), owed.at(), owed.written(), rest));
  }

  private static Optional<Found> found(
      Place place, Optional<QueueId> only, ConsumerRecord<byte[], byte[]> record) {
    var at = new RecordPosition(record.topic(), record.partition(), record.offset());
    var written = Instant.ofEpochMilli(record.timestamp());
    var value = DueRecords.valueOf(record);
    try {
      if (place == Place.DEAD) {
        var letter = DeadLetterCodec.parse(at, value);
        return mayBe(only, letter.original().toArray())
            ? Optional.of(dead(written, letter))
            : Optional.empty();
      }
      return mayBe(only, value)
          ? Optional.of(owed(place, at, written, EnvelopeCodec.decode(value)))
          : Optional.empty();
    } catch (MalformedRecord e) {
      return Optional.of(new Unreadable(place, at, written, String.valueOf(e.getMessage())));
    }
  }

  /// One that is held was perhaps written anew since.
  private static Owed owed(Place place, RecordPosition at, Instant written, Envelope envelope) {
    return new Owed(place, at, envelope.orders().heldSince().orElse(written), envelope);
  }

  private static boolean mayBe(Optional<QueueId> only, byte[] envelope) {
    return only.isEmpty() || EnvelopeCodec.mayHold(only.get(), envelope);
  }

  private static Dead dead(Instant written, DeadLetter letter) {
    return new Dead(letter.at(), written, letter.reason(), readable(letter), letter.origin());
  }

  private static Optional<Envelope> readable(DeadLetter letter) {
    try {
      return Optional.of(letter.envelope());
    } catch (MalformedRecord unreadable) {
      return Optional.empty();
    }
  }

  /// The visitor of a scan, called by one thread at a time.
  private static final class Visit {
    private final Visitor visitor;
    private final Progress progress;
    private final long total;
    private long done;
    private boolean enough;

    Visit(Visitor visitor, Progress progress, long total) {
      this.visitor = visitor;
      this.progress = progress;
      this.total = total;
    }

    synchronized boolean take(List<Found> some, long passed) {
      for (var found : some) {
        if (enough) return false;
        enough = !visitor.visit(found);
      }
      done += passed;
      progress.at(done, total);
      return !enough;
    }
  }
}
