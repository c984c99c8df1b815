package io.posthouse.kafka;

import io.posthouse.kafka.QueueScanner.Progress;
import io.posthouse.kafka.ReplayJudge.Judgement;
import io.posthouse.message.Envelope;
import io.posthouse.message.Orders;
import io.posthouse.message.RecordPosition;
import io.posthouse.telemetry.MailEvent.ReplayChanged;
import io.posthouse.telemetry.ReplayStep;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Puts a part of the log into the queue again, each message once wherever the replay breaks off
/// and goes on: how far it is, is committed in the same transaction.
public final class LogReplay {
  private final KafkaCluster cluster;
  private final InstantSource clock;

  public LogReplay(KafkaCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// What a replay would do now. Nothing is changed.
  public ReplayCounts preview(ReplayPlan plan, Progress progress)
      throws KafkaUnreachable, InterruptedException {
    var counting = new Counting();
    try (var reader = reader("preview", new ReplayPace(0))) {
      pass(plan, newestOrder(), reader, counting, progress).run(spans(plan));
    } catch (KafkaException e) {
      throw new KafkaUnreachable(cluster, e);
    }
    return counting.counts;
  }

  /// Replays.
  ///
  /// @param order whose id names it, should it have to be resumed
  public ReplayCounts begin(ReplayPlan plan, ReplayOrder order, ReplayPace pace, Progress progress)
      throws KafkaUnreachable, InterruptedException {
    try (var reader = reader(order.id(), pace)) {
      var notes =
          spans(plan).stream()
              .map(span -> Map.entry(span.id(), new ReplayNote(plan, span.from(), span.to(), 0)))
              .toList();
      return run(plan, order, reader, notes, ReplayStep.BEGUN, pace, progress);
    } catch (KafkaException e) {
      throw ended(order, e);
    }
  }

  /// The replay of this id, as long as Kafka remembers it: a week after its last step.
  public Optional<ReplayPlan> find(String id) throws KafkaUnreachable {
    try (var reader = reader(id, new ReplayPace(0))) {
      return notes(reader).stream().map(entry -> entry.getValue().plan()).findFirst();
    } catch (KafkaException e) {
      throw new KafkaUnreachable(cluster, e);
    }
  }

  /// Goes on with a replay that [#find] finds. Where it is under way elsewhere, it ends there.
  public ReplayCounts resume(ReplayPlan plan, ReplayOrder order, ReplayPace pace, Progress progress)
      throws KafkaUnreachable, InterruptedException {
    try (var reader = reader(order.id(), pace)) {
      return run(plan, order, reader, List.of(), ReplayStep.RESUMED, pace, progress);
    } catch (KafkaException e) {
      throw ended(order, e);
    }
  }

  private KafkaUnreachable ended(ReplayOrder order, KafkaException e) {
    if (ReplayTakenOver.isIn(e)) throw ReplayTakenOver.of(order.id());
    return new KafkaUnreachable(cluster, e);
  }

  private ReplayCounts run(
      ReplayPlan plan,
      ReplayOrder order,
      LogReader reader,
      List<Map.Entry<TopicPartition, ReplayNote>> begun,
      ReplayStep step,
      ReplayPace pace,
      Progress progress)
      throws KafkaUnreachable, InterruptedException {
    // What is ordered from here on may touch what is put there.
    var ordered = newestOrder();
    try (var writer = new ReplayWriter(cluster, group(order.id()), order.node(), clock)) {
      // Only now does nobody else commit.
      var notes = step == ReplayStep.BEGUN ? begun : notes(reader);
      var writing = new Writing(plan, order, ordered, reader, writer, notes, pace);
      writing.tell(step);
      pass(plan, ordered, reader, writing, progress).run(writing.left());
      writing.tell(ReplayStep.DONE);
      return writing.counts;
    }
  }

  private ReplayPass pass(
      ReplayPlan plan, long ordered, LogReader reader, ReplayPass.Sink sink, Progress progress) {
    var gone = new GoneContent(cluster, reader.begins(GoneContent.topics(cluster.topics())));
    return new ReplayPass(plan, reader, fates(plan, ordered), gone, sink, progress);
  }

  /// Local mail is stored once anyway: where no operator gave orders, it does not matter where it
  /// is and how it ended.
  private Optional<ReplayPass.Fates> fates(ReplayPlan plan, long ordered) {
    return plan.source() == ReplayPlan.Source.LOCAL && ordered == Orders.NEVER
        ? Optional.empty()
        : Optional.of(RecipientFates.of(cluster, plan));
  }

  private long newestOrder() throws KafkaUnreachable {
    return KafkaDirectives.read(cluster).newest();
  }

  private List<Span> spans(ReplayPlan plan) throws KafkaUnreachable {
    var topics = plan.topics(cluster.topics());
    return Partitions.written(cluster, topics, plan.from(), Optional.of(plan.to()));
  }

  private List<Map.Entry<TopicPartition, ReplayNote>> notes(LogReader reader) {
    var topics = cluster.topics();
    var all = List.of(topics.local(), topics.localDue(), topics.remote(), topics.remoteDue());
    var notes = new ArrayList<Map.Entry<TopicPartition, ReplayNote>>();
    reader
        .commits(all)
        .forEach((id, commit) ->
            ReplayNote.of(commit).ifPresent(note -> notes.add(Map.entry(id, note))));
    return notes;
  }

  private LogReader reader(String id, ReplayPace pace) {
    return new LogReader(cluster, group(id), pace.recordsAtATime());
  }

  private String group(String id) {
    return cluster.topics().prefix() + "replay." + id;
  }

  private static final class Counting implements ReplayPass.Sink {
    private ReplayCounts counts = ReplayCounts.NONE;

    @Override
    public void judged(ConsumerRecord<byte[], byte[]> record, Judgement judgement) {
      counts =
          switch (judgement) {
            case Judgement.Replay _ -> counts.plusReplayed(1);
            case Judgement.Leave(var reason) -> counts.plus(reason);
          };
    }

    @Override
    public void passed(Map<TopicPartition, Long> positions) {}
  }

  private final class Writing implements ReplayPass.Sink {
    private final ReplayPlan plan;
    private final ReplayOrder order;
    private final long ordered;
    private final LogReader reader;
    private final ReplayWriter writer;
    private final ReplayPace pace;
    private final Map<TopicPartition, ReplayNote> notes = new HashMap<>();
    private final long began = System.nanoTime();
    private ReplayCounts counts = ReplayCounts.NONE;
    private long uncommitted;

    Writing(
        ReplayPlan plan,
        ReplayOrder order,
        long ordered,
        LogReader reader,
        ReplayWriter writer,
        List<Map.Entry<TopicPartition, ReplayNote>> notes,
        ReplayPace pace) {
      this.plan = plan;
      this.order = order;
      this.ordered = ordered;
      this.reader = reader;
      this.writer = writer;
      this.pace = pace;
      notes.forEach(entry -> this.notes.put(entry.getKey(), entry.getValue()));
    }

    List<Span> left() {
      return notes.entrySet().stream()
          .flatMap(e -> Span.some(e.getKey(), e.getValue().next(), e.getValue().end()).stream())
          .toList();
    }

    @Override
    public void judged(ConsumerRecord<byte[], byte[]> record, Judgement judgement) {
      switch (judgement) {
        case Judgement.Leave(var reason) -> counts = counts.plus(reason);
        case Judgement.Replay(var envelope) -> {
          counts = counts.plusReplayed(1);
          uncommitted++;
          var at = new RecordPosition(record.topic(), record.partition(), record.offset());
          var id = new TopicPartition(record.topic(), record.partition());
          writer.add(Replayed.records(beyond(envelope), at, cluster.topics(), clock.instant()));
          writer.events().record(Replayed.event(envelope, at, order));
          notes.computeIfPresent(id, (_, n) -> n.plusOne());
        }
      }
    }

    /// What is stored by a replay was stored before: whatever was ordered since, it was not about
    /// that.
    private Envelope beyond(Envelope envelope) {
      return switch (plan.source()) {
        case LOCAL -> envelope.ordered(new Orders(ordered, Optional.empty(), Optional.empty()));
        case REMOTE -> envelope;
      };
    }

    @Override
    public void passed(Map<TopicPartition, Long> positions) throws InterruptedException {
      positions.forEach((id, next) -> notes.computeIfPresent(id, (_, note) -> note.at(next)));
      if (uncommitted == 0) return;
      commit();
      pace.await(counts.replayed(), began);
    }

    /// With how far it is, so that a replay of nothing is remembered, too.
    void tell(ReplayStep step) {
      var so = replayed();
      writer
          .events()
          .record(
              new ReplayChanged(
                  order.id(), step, plan.text(), order.operator(), order.reason(), so));
      commit();
    }

    private long replayed() {
      return notes.values().stream().mapToLong(ReplayNote::replayed).sum();
    }

    private void commit() {
      var commits = new HashMap<TopicPartition, OffsetAndMetadata>();
      notes.forEach((id, note) -> commits.put(id, note.commit()));
      writer.commit(commits, reader.group());
      uncommitted = 0;
    }
  }
}
