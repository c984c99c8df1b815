package io.posthouse.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What this process has taken, over the lives of its consumers: a consumer that has to be made
/// anew hands nothing out twice. All but [#tell] belongs to the reader's thread.
final class LedgerBooks {
  private final LedgerSettings settings;
  private final InstantSource clock;
  private final Map<TopicPartition, LedgerPartition> partitions = new HashMap<>();
  private final BlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
  private int records;
  private long octets;
  private long settlements;

  LedgerBooks(LedgerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  LedgerPartition partition(TopicPartition id) {
    return partitions.computeIfAbsent(id, LedgerPartition::new);
  }

  boolean hasRoomFor(int moreOctets) {
    return records == 0
        || (records < settings.mostRecords() && octets + moreOctets <= settings.mostOctets());
  }

  boolean isFull() {
    return records >= settings.mostRecords() || octets >= settings.mostOctets();
  }

  /// How many have been settled since the start.
  long settlements() {
    return settlements;
  }

  boolean isEmpty() {
    return records == 0;
  }

  int records() {
    return records;
  }

  long octets() {
    return octets;
  }

  /// How long the oldest record has been taken.
  Duration oldestAge() {
    return partitions.values().stream()
        .flatMap(partition -> partition.inFlight().stream())
        .map(LedgerEntry::since)
        .min(Comparator.naturalOrder())
        .map(since -> Duration.between(since, clock.instant()))
        .orElse(Duration.ZERO);
  }

  LedgerEntry open(LedgerPartition partition, ConsumerRecord<byte[], byte[]> record) {
    var size = size(record);
    var entry = new LedgerEntry(partition.id(), record.offset(), size, clock.instant(), this);
    partition.opened(entry);
    records++;
    octets += size;
    return entry;
  }

  void settle(LedgerEntry entry) {
    settlements++;
    records--;
    octets -= entry.octets();
    partition(entry.partition()).settled(entry);
  }

  /// Has the reader's thread do this, soon.
  void tell(Runnable task) {
    told.add(task);
  }

  /// Does what was told; waits so long for it where there is nothing yet.
  void listen(long millis) throws InterruptedException {
    var first = told.poll(millis, TimeUnit.MILLISECONDS);
    for (var task = first; task != null; task = told.poll()) task.run();
  }

  /// Waits until nothing of these partitions is in flight, or this time has passed.
  void await(Collection<TopicPartition> ids, long nanos) throws InterruptedException {
    var deadline = System.nanoTime() + nanos;
    while (ids.stream().anyMatch(id -> !partition(id).inFlight().isEmpty())) {
      var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) return;
      listen(left);
    }
  }

  static int size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }
}
