package io.posthouse.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/// A consumer of the simulated cluster, for as much of it as our readers use.
final class SimConsumer extends MockConsumer<byte[], byte[]> {
  private static final int MOST_POLLED = 7;
  private static final Duration LATENCY = Duration.ofMillis(5);

  private final String instance;
  private final SimGroup group;
  private final SimLog log;
  private final SimTime time;
  private final SimFaults faults;
  private final Consumer<String> trace;
  private final Set<TopicPartition> owned = new TreeSet<>(SimConsumer::compare);
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Deque<Commit> underWay = new ArrayDeque<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private ConsumerRebalanceListener listener = new NobodyListens();
  private boolean joined;
  private boolean heard = true;

  private record Commit(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {}

  private record Answer(Commit commit, Optional<Exception> problem) {}

  SimConsumer(
      String instance,
      SimGroup group,
      SimLog log,
      SimTime time,
      SimFaults faults,
      Consumer<String> trace) {
    super("none");
    this.instance = instance;
    this.group = group;
    this.log = log;
    this.time = time;
    this.faults = faults;
    this.trace = trace;
  }

  String instance() {
    return instance;
  }

  /// Whether the group still hears of it.
  boolean isHeard() {
    return heard;
  }

  void heard(boolean nowHeard) {
    heard = nowHeard;
    if (!nowHeard) group.silent(this);
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener hearing) {
    listener = hearing;
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    meet();
    hear();
    return fetch();
  }

  private void meet() {
    if (joined && group.isFenced(this)) throw new FencedInstanceIdException(instance);
    if (!group.isMember(this)) {
      if (joined) lose();
      joined = true;
      group.join(this);
    }
    revoke();
    assign();
  }

  private void lose() {
    var lost = List.copyOf(owned);
    owned.clear();
    trace.accept(instance + " has lost " + lost);
    listener.onPartitionsLost(lost);
  }

  private void revoke() {
    var revoked = new ArrayList<>(owned);
    revoked.removeAll(group.target(this));
    if (revoked.isEmpty()) return;
    trace.accept(instance + " gives up " + revoked);
    listener.onPartitionsRevoked(revoked);
    revoked.forEach(id -> group.release(this, id));
    owned.removeAll(revoked);
  }

  private void assign() {
    var assigned = new TreeSet<>(SimConsumer::compare);
    for (var id : group.target(this)) if (!owned.contains(id) && group.isFree(id)) assigned.add(id);
    if (assigned.isEmpty()) return;
    assigned.forEach(id -> group.own(this, id));
    owned.addAll(assigned);
    paused.removeAll(assigned);
    assigned.forEach(positions::remove);
    trace.accept(instance + " gets " + assigned);
    listener.onPartitionsAssigned(assigned);
  }

  private ConsumerRecords<byte[], byte[]> fetch() {
    var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    var next = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var id : owned) {
      if (paused.contains(id)) continue;
      var position = positions.get(id);
      if (position == null) throw new NoOffsetForPartitionException(id);
      var end = Math.min(log.end(id), position + MOST_POLLED);
      if (end == position) continue;
      var some = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      for (long at = position; at < end; at++) log.at(id, at).ifPresent(some::add);
      if (!some.isEmpty()) records.put(id, some);
      positions.put(id, end);
      next.put(id, new OffsetAndMetadata(end));
    }
    return new ConsumerRecords<>(records, next);
  }

  @Override
  public synchronized void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    underWay.add(new Commit(offsets, callback));
    time.after(LATENCY, this::arrive);
  }

  /// What is under way reaches the broker, in its order, though whoever sent it may be dead.
  private void arrive() {
    for (var next = underWay.poll(); next != null; next = underWay.poll())
      answers.add(new Answer(next, answer(next)));
  }

  private Optional<Exception> answer(Commit commit) {
    try {
      commit(commit.offsets, faults.dropsCommit());
      return Optional.empty();
    } catch (TimeoutException | RebalanceInProgressException e) {
      return Optional.of(e);
    }
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    // This one is sent until it is answered.
    arrive();
    hear();
    commit(offsets, false);
  }

  private void hear() {
    for (var next = answers.poll(); next != null; next = answers.poll())
      next.commit.callback.onComplete(next.commit.offsets, next.problem.orElse(null));
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets, boolean dropped) {
    if (!group.isMember(this)) throw new RebalanceInProgressException(instance);
    if (dropped) throw new TimeoutException("the commit was dropped");
    group.commit(faults.committed(offsets, log));
    if (faults.dropsAnswer()) throw new TimeoutException("the answer was dropped");
  }

  @Override
  public synchronized void seek(TopicPartition partition, long offset) {
    if (!owned.contains(partition)) throw new IllegalStateException("not ours: " + partition);
    positions.put(partition, offset);
  }

  @Override
  public synchronized void pause(Collection<TopicPartition> partitions) {
    paused.addAll(partitions);
  }

  @Override
  public synchronized void resume(Collection<TopicPartition> partitions) {
    paused.removeAll(partitions);
  }

  @Override
  public synchronized Set<TopicPartition> paused() {
    return Set.copyOf(paused);
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    return group.committed();
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    var begins = new HashMap<TopicPartition, Long>();
    partitions.forEach(id -> begins.put(id, 0L));
    return begins;
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    var ends = new HashMap<TopicPartition, Long>();
    partitions.forEach(id -> ends.put(id, log.end(id)));
    return ends;
  }

  @Override
  public OptionalLong currentLag(TopicPartition partition) {
    return OptionalLong.empty();
  }

  /// A static member that does not say that it leaves is missed when its session is over.
  @Override
  public void close(CloseOptions options) {
    heard = false;
    if (options.groupMembershipOperation() == GroupMembershipOperation.LEAVE_GROUP)
      group.leave(this);
    else group.silent(this);
  }

  private static int compare(TopicPartition one, TopicPartition other) {
    return one.toString().compareTo(other.toString());
  }

  /// Before a subscription.
  private static final class NobodyListens implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
  }
}
