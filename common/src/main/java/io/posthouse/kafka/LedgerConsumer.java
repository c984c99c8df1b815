package io.posthouse.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/// One life of the consumer behind a [LedgerReader]; the reader's thread alone comes here.
final class LedgerConsumer implements ConsumerThread.Life, ConsumerRebalanceListener {
  private static final Duration IDLE = Duration.ofMillis(50);
  private static final long BUSY_MILLIS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long OBSERVED_EVERY = TimeUnit.SECONDS.toNanos(1);

  private final LedgerSettings settings;
  private final Consumer<byte[], byte[]> consumer;
  private final LedgerBooks books;
  private final LedgerHandout handout;
  private final LedgerCommits commits;
  private final ConsumerPulse pulse;
  private final java.util.function.Consumer<LedgerStatus> observer;
  private final List<LedgerPartition> ours = new ArrayList<>();
  private long observedAt = System.nanoTime();
  private int first;
  private boolean closing;

  LedgerConsumer(
      LedgerSettings settings,
      Consumer<byte[], byte[]> consumer,
      LedgerBooks books,
      LedgerHandout handout,
      java.util.function.Consumer<LedgerStatus> observer) {
    this.settings = settings;
    this.consumer = consumer;
    this.books = books;
    this.handout = handout;
    this.observer = observer;
    pulse = new ConsumerPulse(consumer);
    commits = new LedgerCommits(consumer, books);
    consumer.subscribe(settings.topics(), this);
  }

  @Override
  public void turn(boolean takeMore) throws InterruptedException {
    var held = !(takeMore && handOut());
    pause(held);
    // Where a settlement is what we wait for, it must not wait for a poll.
    if (held || isWaiting()) {
      books.listen(BUSY_MILLIS);
      poll(Duration.ZERO);
    } else {
      books.listen(0);
      poll(IDLE);
    }
    commits.inPassing(ids());
    observe();
  }

  @Override
  public boolean holdsNothing() {
    return books.isEmpty();
  }

  @Override
  public Optional<String> trouble() {
    return pulse.trouble().or(commits::failure);
  }

  @Override
  public void close() {
    closing = true;
    commits.atOnce(ids());
    consumer.close(CloseOptions.timeout(PATIENCE));
    ours.forEach(LedgerPartition::taken);
  }

  @Override
  public void abandon() {
    closing = true;
    ours.forEach(LedgerPartition::taken);
    ours.clear();
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> ids) {
    Resumption.of(consumer, ids)
        .forEach((id, resumption) -> {
          var partition = books.partition(id);
          consumer.seek(id, partition.assigned(resumption));
          ours.add(partition);
        });
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> ids) {
    letGo(ids);
    try {
      if (!closing) books.await(ids, settings.revokeWait().toNanos());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    commits.atOnce(ids);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> ids) {
    letGo(ids);
  }

  private void letGo(Collection<TopicPartition> ids) {
    ours.removeIf(partition -> ids.contains(partition.id()));
    ids.forEach(id -> books.partition(id).taken());
  }

  /// One record of each partition in turn, beginning where the last turn had to stop: no partition
  /// waits for ever behind a busy one. False if there is no room for more.
  private boolean handOut() {
    for (int without = 0; without < ours.size(); ) {
      if (first >= ours.size()) first = 0;
      var partition = ours.get(first);
      var next = partition.peek();
      if (next.isPresent() && partition.span() < settings.longestSpan()) {
        var record = next.get();
        if (!books.hasRoomFor(LedgerBooks.size(record))) return false;
        handout.hand(books.open(partition, record), Optional.ofNullable(record.value()));
        without = 0;
      } else {
        without++;
      }
      first++;
    }
    return !books.isFull();
  }

  private void poll(Duration timeout) {
    var records = consumer.poll(timeout);
    records
        .nextOffsets()
        .forEach((id, next) -> books.partition(id).polled(records.records(id), next.offset()));
  }

  private boolean isWaiting() {
    return ours.stream().anyMatch(partition -> partition.waiting() > 0);
  }

  /// A partition with something waiting brings no more, so what waits is bounded by one poll each.
  private void pause(boolean all) {
    Set<TopicPartition> paused = consumer.paused();
    var pause = new ArrayList<TopicPartition>();
    var resume = new ArrayList<TopicPartition>();
    for (var partition : ours) {
      var should = all || partition.waiting() > 0;
      if (should && !paused.contains(partition.id())) pause.add(partition.id());
      if (!should && paused.contains(partition.id())) resume.add(partition.id());
    }
    if (!pause.isEmpty()) consumer.pause(pause);
    if (!resume.isEmpty()) consumer.resume(resume);
  }

  private void observe() {
    if (System.nanoTime() - observedAt < OBSERVED_EVERY) return;
    observedAt = System.nanoTime();
    observer.accept(
        new LedgerStatus(
            ours.size(),
            books.records(),
            books.octets(),
            ours.stream().mapToLong(LedgerPartition::span).max().orElse(0),
            books.oldestAge(),
            ours.stream().mapToLong(this::lag).sum(),
            commits.failures()));
  }

  private long lag(LedgerPartition partition) {
    return partition.waiting() + consumer.currentLag(partition.id()).orElse(0);
  }

  private List<TopicPartition> ids() {
    return ours.stream().map(LedgerPartition::id).toList();
  }
}
