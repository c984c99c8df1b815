package io.posthouse.edge.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.tally.Tallies;
import io.posthouse.tally.Tallies.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Counts of all nodes that cost no question for each message: what this node has counted is told
/// to the others a moment later, all of it at once, and what they answer is remembered. So a limit
/// may be passed by what the nodes take within that moment.
///
/// Bounded: of too many subjects, those not seen for longest are forgotten here; what is not told
/// yet is at most what was accepted since.
public final class SharedCounts {
  private static final int MOST_COUNTS = 100_000;

  private final Tallies tallies;
  private final Executor soon;
  private final Map<Entry, Long> untold = new ConcurrentHashMap<>();
  private final AtomicBoolean telling = new AtomicBoolean();
  private final Cache<Entry, Long> told =
      Caffeine.newBuilder().maximumSize(MOST_COUNTS).expireAfterWrite(Duration.ofHours(1)).build();

  /// @param soon runs what it is given a moment later, on a thread that may wait
  public SharedCounts(Tallies tallies, Executor soon) {
    this.tallies = tallies;
    this.soon = soon;
  }

  /// How often it has happened as far as this node knows; it may be less by now.
  long estimate(Entry entry) {
    var known = told.getIfPresent(entry);
    return (known == null ? 0 : known) + untold.getOrDefault(entry, 0L);
  }

  /// How often it has happened. Blocks.
  long ask(Entry entry) {
    told.put(entry, tallies.count(entry));
    return estimate(entry);
  }

  /// Counts one more.
  void add(Entry entry) {
    untold.merge(entry, 1L, Long::sum);
    if (telling.compareAndSet(false, true)) soon.execute(this::tell);
  }

  private void tell() {
    // First, so that what is counted from here on is told by the next.
    telling.set(false);
    for (var entry : List.copyOf(untold.keySet())) {
      var more = untold.remove(entry);
      if (more != null) told.put(entry, tallies.add(entry, more));
    }
  }
}
