package io.posthouse.kafka;

import io.posthouse.message.Orders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// How a [PipeLife] comes to do directives to what has been in its partitions for long: it reads
/// each from its first step to its end once more, whenever there is a newer directive.
final class Sweeping {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final PipeRule rule;
  private final InstantSource clock;
  private final Map<TopicPartition, PipePartition> partitions;
  private Instant nextLook = Instant.MIN;

  /// @param partitions of the life, which adds to them and takes from them
  Sweeping(
      Consumer<byte[], byte[]> consumer,
      PipeRule rule,
      InstantSource clock,
      Map<TopicPartition, PipePartition> partitions) {
    this.consumer = consumer;
    this.rule = rule;
    this.clock = clock;
    this.partitions = partitions;
  }

  /// How far directives have been done in each partition; a partition without a note is left out.
  Map<TopicPartition, SweepNote> notes(Collection<TopicPartition> ids) {
    var notes = new HashMap<TopicPartition, SweepNote>();
    if (ids.isEmpty()) return notes;
    consumer
        .committed(new HashSet<>(ids), PATIENCE)
        .forEach((id, commit) -> {
          if (commit != null) notes.put(id, SweepNote.parse(commit.metadata()));
        });
    return notes;
  }

  /// Makes sure that we have heard of all that has been done to a partition, before anything that
  /// was read of it is judged.
  void check(PipePartition partition) {
    var done = partition.note().newest();
    if (done > rule.newestDirective()) throw new UnknownDirective(done);
  }

  /// Begins a sweep wherever the newest directive is not done. What was polled of a partition is
  /// polled again after its sweep.
  void begin() {
    var newest = rule.newestDirective();
    var behind = new HashSet<TopicPartition>();
    partitions.forEach((id, partition) -> {
      if (partition.sweep().isEmpty() && partition.note().directive() < newest) behind.add(id);
    });
    begin(behind, newest);
    if (newest != Orders.NEVER) beginWhereSomeCameLate(newest);
  }

  /// One node holds what another has released already, where the first had not heard of it: a
  /// release holds for what was held in time and comes late.
  private void beginWhereSomeCameLate(long newest) {
    var now = clock.instant();
    if (now.isBefore(nextLook)) return;
    nextLook = now.plus(BETWEEN_LOOKS);
    var kept = new HashSet<>(partitions.keySet());
    kept.removeIf(id -> !rule.keeps(id.topic()));
    if (kept.isEmpty()) return;
    var ends = consumer.endOffsets(kept, PATIENCE);
    kept.removeIf(id -> !partition(id).isLate(newest, ends.getOrDefault(id, 0L)));
    begin(kept, newest);
  }

  private void begin(Set<TopicPartition> ids, long newest) {
    if (ids.isEmpty()) return;
    consumer
        .endOffsets(ids, PATIENCE)
        .forEach((id, end) -> consumer.seek(id, partition(id).beginSweep(newest, end)));
  }

  private PipePartition partition(TopicPartition id) {
    return Objects.requireNonNull(partitions.get(id));
  }

  /// What was polled while a partition is swept. After the sweep it is read from its first step.
  void take(
      TopicPartition id,
      PipePartition partition,
      List<ConsumerRecord<byte[], byte[]>> records,
      long next) {
    var note = partition.note();
    var steps = note.running().map(sweep -> steps(note, sweep, records)).orElse(List.of());
    partition.swept(steps, next);
    if (partition.sweep().isEmpty()) consumer.seek(id, partition.next());
  }

  private List<PipeRule.Step> steps(
      SweepNote note, SweepNote.Sweep sweep, List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .filter(record -> record.offset() < sweep.end())
        .map(record -> rule.sweep(record, note.done(record.offset()), sweep.directive()))
        .filter(step -> !step.isNothing())
        .toList();
  }

  /// Somebody has done what we have not heard of: whatever we did would be done without knowing.
  static final class UnknownDirective extends IllegalStateException {
    private static final long serialVersionUID = 1;

    UnknownDirective(long number) {
      super("directive " + number + " has been done here and is not known yet");
    }
  }
}
