package io.posthouse.tally;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.List;

/// What this process has counted itself. Bounded: of too many subjects, those not seen for longest
/// are forgotten.
public final class LocalTallies implements Tallies {
  private static final int MOST_COUNTS = 200_000;

  private final InstantSource clock;
  private final Cache<Slot, Long> counts = Caffeine.newBuilder().maximumSize(MOST_COUNTS).build();

  public LocalTallies(InstantSource clock) {
    this.clock = clock;
  }

  private record Slot(Entry entry, long window) {}

  @Override
  public long add(Entry entry, long more) {
    counts.asMap().merge(new Slot(entry, entry.tally().index(clock.instant())), more, Long::sum);
    return count(entry);
  }

  @Override
  public List<Long> counts(List<Entry> entries) {
    return entries.stream().map(this::total).toList();
  }

  private long total(Entry entry) {
    var now = clock.instant();
    var window = entry.tally().index(now);
    return entry.tally().total(in(entry, window), in(entry, window - 1), now);
  }

  private long in(Entry entry, long window) {
    var count = counts.getIfPresent(new Slot(entry, window));
    return count == null ? 0 : count;
  }
}
