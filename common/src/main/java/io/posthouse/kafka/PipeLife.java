package io.posthouse.kafka;

import io.posthouse.telemetry.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/// One consumer and one producer of a [TransactionalPipe], until one of them fails.
///
/// What is polled is done in one transaction with the offset behind it, so it is done once, whoever
/// is killed. Nothing is undone here: after an error the next life begins at what is committed, and
/// its first act is to abort what this one left open.
final class PipeLife implements ConsumerThread.Life, ConsumerRebalanceListener {
  private static final int MOST_STEPS = 1_000;
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_NOTES = Duration.ofMillis(500);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final PipeRule rule;
  private final Events events;
  private final InstantSource clock;
  private final Consumer<Done> observer;
  private final ConsumerPulse pulse;
  private final Sweeping sweeping;
  private final Map<TopicPartition, PipePartition> partitions = new HashMap<>();
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
  private Instant noted = Instant.EPOCH;

  /// What a transaction has done, and how late the latest of it was.
  record Done(int steps, Duration late, int pending) {}

  PipeLife(
      PipeClients clients,
      List<String> topics,
      PipeRule rule,
      Events events,
      InstantSource clock,
      Consumer<Done> observer) {
    consumer = clients.consumer();
    producer = clients.producer();
    this.rule = rule;
    this.events = events;
    this.clock = clock;
    this.observer = observer;
    pulse = new ConsumerPulse(consumer);
    sweeping = new Sweeping(consumer, rule, clock, partitions);
    consumer.subscribe(topics, this);
  }

  @Override
  public void turn(boolean takeMore) throws InterruptedException {
    if (isTold()) work();
    pauseWhatWaits();
    poll(told.isDone() ? untilNextDue() : Duration.ZERO);
  }

  private void work() {
    sweeping.begin();
    var steps = due();
    if (!steps.isEmpty() || isToBeNoted()) transact(steps);
  }

  /// Whether what was done last is recorded. Where Kafka takes no events, they must not pile up.
  private boolean isTold() throws InterruptedException {
    try {
      told.get(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A transaction for each poll of a long sweep would take more than the sweep.
  private boolean isToBeNoted() {
    var changed = partitions.values().stream().filter(PipePartition::isChanged).toList();
    if (changed.isEmpty()) return false;
    return !changed.stream().allMatch(PipePartition::isSweepingOn)
        || !clock.instant().isBefore(noted.plus(BETWEEN_NOTES));
  }

  @Override
  public boolean holdsNothing() {
    return true; // between two turns no transaction is open
  }

  @Override
  public Optional<String> trouble() {
    return pulse.trouble();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(PATIENCE));
    producer.close(PATIENCE);
  }

  @Override
  public void abandon() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
    producer.close(Duration.ZERO);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> ids) {
    var notes = sweeping.notes(ids);
    Resumption.of(consumer, ids)
        .forEach((id, resumption) -> {
          var from = resumption.with(CommitNote.at(0)).watermark();
          var note = notes.getOrDefault(id, SweepNote.NONE).within(resumption.end());
          consumer.seek(
              id, note.running().map(sweep -> Math.max(from, sweep.cursor())).orElse(from));
          partitions.put(id, new PipePartition(from, note));
        });
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> ids) {
    ids.forEach(partitions::remove);
  }

  private List<PipeRule.Step> due() {
    var steps = new ArrayList<PipeRule.Step>();
    var now = clock.instant();
    partitions.values().forEach(partition -> partition.drainDue(now, steps, MOST_STEPS));
    return steps;
  }

  private void transact(List<PipeRule.Step> steps) {
    producer.beginTransaction();
    for (var step : steps) {
      // A record that cannot be written fails the commit below.
      for (var record : step.records()) {
        var _ = producer.send(record);
      }
    }
    producer.sendOffsetsToTransaction(offsets(), consumer.groupMetadata());
    // Dying before this line leaves all as it was; dying after it, all is moved.
    producer.commitTransaction();
    partitions.values().forEach(PipePartition::committed);
    noted = clock.instant();
    tell(steps);
    observe(steps);
  }

  private void tell(List<PipeRule.Step> steps) {
    var events = steps.stream().flatMap(step -> step.events().stream()).toList();
    events.forEach(this.events::record);
    told =
        CompletableFuture.allOf(
            events.stream()
                .flatMap(event -> event.about().stream())
                .distinct()
                .map(message -> this.events.kept(message).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets() {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    partitions.forEach((id, partition) -> {
      if (partition.isChanged())
        offsets.put(id, new OffsetAndMetadata(partition.next(), partition.note().metadata()));
    });
    return offsets;
  }

  private void poll(Duration timeout) {
    var records = consumer.poll(timeout);
    records
        .nextOffsets()
        .forEach((id, next) -> {
          // A partition may have been taken from us within this poll.
          Optional.ofNullable(partitions.get(id))
              .ifPresent(partition -> take(id, partition, records.records(id), next.offset()));
        });
  }

  private void take(
      TopicPartition id,
      PipePartition partition,
      List<ConsumerRecord<byte[], byte[]>> records,
      long next) {
    sweeping.check(partition);
    if (partition.sweep().isPresent()) sweeping.take(id, partition, records, next);
    else partition.polled(tasks(partition.note(), records), next);
  }

  private List<PipeRule.Task> tasks(SweepNote note, List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(record -> rule.step(record, note.done(record.offset()))).toList();
  }

  /// Of which something waits to be done brings no more meanwhile, so memory is bounded by one poll
  /// each, and so is a transaction.
  private void pauseWhatWaits() {
    var waiting = new HashSet<TopicPartition>();
    partitions.forEach((id, partition) -> {
      if (partition.holdsSome()) waiting.add(id);
    });
    var resume = new HashSet<>(consumer.paused());
    resume.removeAll(waiting);
    if (!resume.isEmpty()) consumer.resume(resume);
    waiting.removeAll(consumer.paused());
    if (!waiting.isEmpty()) consumer.pause(waiting);
  }

  private Duration untilNextDue() {
    return partitions.values().stream()
        .flatMap(partition -> partition.due().stream())
        .min(Comparator.naturalOrder())
        .map(due -> Duration.between(clock.instant(), due))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .filter(wait -> wait.compareTo(IDLE) < 0)
        .orElse(IDLE);
  }

  private void observe(List<PipeRule.Step> steps) {
    var now = clock.instant();
    var earliest =
        steps.stream()
            .map(PipeRule.Step::due)
            // What is done at once has no time to be late for.
            .filter(due -> due.isAfter(Instant.EPOCH))
            .min(Comparator.naturalOrder());
    var late = earliest.map(due -> Duration.between(due, now)).orElse(Duration.ZERO);
    var pending = partitions.values().stream().mapToInt(PipePartition::pending).sum();
    observer.accept(new Done(steps.size(), late, pending));
  }
}
