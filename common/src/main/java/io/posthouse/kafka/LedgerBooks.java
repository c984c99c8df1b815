package io.posthouse.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What this process has taken, over the lives of its consumers: a consumer that has to be made
/// anew hands nothing out twice. All but [#tell] belongs to the reader's thread.
final class LedgerBooks {
  private final LedgerSettings settings;
  private final InstantSource clock;
  private final ClaimBoard others;
  private final Inbox inbox;
  private final Map<TopicPartition, LedgerPartition> partitions = new HashMap<>();
  private int records;
  private long octets;
  private int laterRecords;
  private long laterOctets;
  private long settlements;

  LedgerBooks(LedgerSettings settings, ClaimBoard others, InstantSource clock, Inbox inbox) {
    this.settings = settings;
    this.others = others;
    this.clock = clock;
    this.inbox = inbox;
  }

  LedgerPartition partition(TopicPartition id) {
    return partitions.computeIfAbsent(id, _ -> new LedgerPartition(id, others));
  }

  /// Every partition that was ours at any time.
  Collection<LedgerPartition> all() {
    return partitions.values();
  }

  /// Claims what has been in hand for so long.
  void claimWhatTakes(Duration time) {
    var before = clock.instant().minus(time);
    for (var partition : partitions.values())
      for (var entry : partition.inFlight()) if (!entry.since().isAfter(before)) entry.claim();
  }

  Inbox inbox() {
    return inbox;
  }

  long nanoTime() {
    return inbox.nanoTime();
  }

  boolean hasRoomFor(int moreOctets) {
    return records == 0
        || (records < settings.mostRecords() && octets + moreOctets <= settings.mostOctets());
  }

  /// Whether a topic may have more: all but the first leave a quarter of the room, so that retries
  /// to hosts that do not answer never keep out what comes for the first time.
  boolean mayHaveMore(String topic) {
    if (topic.equals(settings.topics().getFirst())) return true;
    var share = Math.max(1, settings.mostRecords() * 3 / 4);
    var octetShare = settings.mostOctets() / 4 * 3;
    return laterRecords < share && laterOctets < Math.max(1, octetShare);
  }

  private void count(LedgerEntry entry, int sign) {
    records += sign;
    octets += (long) sign * entry.octets();
    if (entry.partition().topic().equals(settings.topics().getFirst())) return;
    laterRecords += sign;
    laterOctets += (long) sign * entry.octets();
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
    var entry = new LedgerEntry(partition.id(), record, clock.instant(), this);
    partition.opened(entry);
    count(entry, 1);
    return entry;
  }

  void settle(LedgerEntry entry) {
    settlements++;
    count(entry, -1);
    partition(entry.partition()).settled(entry);
  }

  /// Settles what is over, whether or not that is recorded.
  void settleWhatIsOver() {
    for (var partition : partitions.values())
      List.copyOf(partition.inFlight()).forEach(LedgerEntry::settleIfOver);
  }

  /// Has the reader's thread do this, soon.
  void tell(Runnable task) {
    inbox.add(task);
  }

  /// Does what was told; waits so long for it where there is nothing yet.
  void listen(long millis) throws InterruptedException {
    var first = inbox.poll(millis);
    for (var task = first; task != null; task = inbox.poll(0)) task.run();
  }

  /// Waits until nothing of these partitions is in flight, or this time has passed.
  void await(Collection<TopicPartition> ids, long nanos) throws InterruptedException {
    var deadline = inbox.nanoTime() + nanos;
    while (ids.stream().anyMatch(id -> !partition(id).inFlight().isEmpty())) {
      var left = TimeUnit.NANOSECONDS.toMillis(deadline - inbox.nanoTime());
      if (left <= 0) return;
      listen(left);
    }
  }

  static int size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }
}
