package io.posthouse.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
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
  private final OurClaims ourClaims;
  private final TheirClaims theirClaims;
  private final ConsumerPulse pulse;
  private final Tenure tenure;
  private final java.util.function.Consumer<LedgerStatus> observer;
  private final List<LedgerPartition> ours = new ArrayList<>();
  private long observedAt;
  private int first;
  private boolean closing;
  private OptionalLong drainingSince = OptionalLong.empty();
  private boolean left;

  LedgerConsumer(
      LedgerSettings settings,
      Consumer<byte[], byte[]> consumer,
      LedgerBooks books,
      LedgerHandout handout,
      OurClaims ourClaims,
      TheirClaims theirClaims,
      java.util.function.Consumer<LedgerStatus> observer) {
    this.settings = settings;
    this.consumer = consumer;
    this.books = books;
    this.handout = handout;
    this.ourClaims = ourClaims;
    this.theirClaims = theirClaims;
    this.observer = observer;
    pulse = new ConsumerPulse(consumer);
    commits = new LedgerCommits(consumer, books);
    tenure = new Tenure(pulse, commits, books.inbox());
    observedAt = books.nanoTime();
    consumer.subscribe(settings.topics(), this);
  }

  @Override
  public void turn(boolean takeMore) throws InterruptedException {
    if (!takeMore && !left && drainsForLong()) leave();
    if (left) awaitTheRest();
    else work(takeMore);
    observe();
  }

  private void work(boolean takeMore) throws InterruptedException {
    var held = !(takeMore && tenure.isSure(ids()) && handOut());
    pause(held);
    // Where a settlement is what we wait for, it must not wait for a poll.
    if (held || isWaiting()) {
      books.listen(BUSY_MILLIS);
      poll(Duration.ZERO);
    } else {
      books.listen(0);
      poll(IDLE);
    }
    lookElsewhere();
    commits.inPassing(ids());
    ourClaims.inPassing();
  }

  /// What still takes long when we want to end is no reason to keep what lies behind it from
  /// others.
  private boolean drainsForLong() {
    if (drainingSince.isEmpty()) drainingSince = OptionalLong.of(books.nanoTime());
    var passed = books.nanoTime() - drainingSince.getAsLong();
    return passed >= settings.revokeWait().toNanos() && !books.isEmpty();
  }

  /// Hands all partitions over, with claims for what is in flight.
  private void leave() {
    close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    left = true;
  }

  /// Others have the partitions, and hear from our claims how it ends.
  private void awaitTheRest() throws InterruptedException {
    books.listen(IDLE.toMillis());
    ourClaims.inPassing();
  }

  @Override
  public boolean holdsNothing() {
    return books.isEmpty();
  }

  @Override
  public Optional<String> trouble() {
    if (left) return Optional.of("ends when what is in flight has");
    return pulse.trouble().or(commits::failure);
  }

  @Override
  public void close() {
    if (left) {
      books.settleWhatIsOver();
      ourClaims.atOnce(List.of());
    }
    // Who begins again under our name within seconds has the same partitions.
    else close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.DEFAULT));
  }

  private void close(CloseOptions how) {
    closing = true;
    // Not to commit it would surely send it again; that nobody knows of it harms a replay alone.
    books.settleWhatIsOver();
    ourClaims.atOnce(ids());
    commits.atOnce(ids());
    consumer.close(how.withTimeout(PATIENCE));
    ours.forEach(LedgerPartition::taken);
    ours.clear();
  }

  @Override
  public void abandon() {
    closing = true;
    ours.forEach(LedgerPartition::taken);
    ours.clear();
    if (!left) consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> ids) {
    // Whoever had them before has told by now what of them is still in hand there.
    if (!ids.isEmpty()) theirClaims.hear();
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
    ourClaims.atOnce(ids);
    commits.atOnce(ids);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> ids) {
    letGo(ids);
    ids.forEach(id -> books.partition(id).claimAll());
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
      if (next.isPresent() && mayGoOn(partition)) {
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

  private boolean mayGoOn(LedgerPartition partition) {
    return partition.span() < settings.longestSpan() && books.mayHaveMore(partition.id().topic());
  }

  private void poll(Duration timeout) {
    var records = consumer.poll(timeout);
    records
        .nextOffsets()
        .forEach((id, next) -> {
          var partition = books.partition(id);
          partition.polled(records.records(id), next.offset());
          partition.leap().ifPresent(offset -> consumer.seek(id, offset));
        });
  }

  /// What others had in hand when a partition came to us.
  private void lookElsewhere() {
    if (ours.stream().noneMatch(partition -> partition.elsewhere() > 0)) return;
    if (!theirClaims.hearNowAndThen()) return;
    for (var partition : ours)
      if (partition.reconsider()) consumer.seek(partition.id(), partition.again());
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
    if (books.nanoTime() - observedAt < OBSERVED_EVERY) return;
    observedAt = books.nanoTime();
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
