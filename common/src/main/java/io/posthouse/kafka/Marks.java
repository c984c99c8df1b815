package io.posthouse.kafka;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Some records of a partition, each by its offset and the time it was written: a broker that lost
/// the end of its log gives the same offset to another record, but not the same time.
record Marks(Map<Long, Long> written) {
  static final Marks NONE = new Marks(Map.of());

  Marks {
    written = Collections.unmodifiableMap(new TreeMap<>(written));
  }

  boolean contains(long offset, long writtenAt) {
    return Long.valueOf(writtenAt).equals(written.get(offset));
  }

  boolean isEmpty() {
    return written.isEmpty();
  }

  /// No more than so many, the youngest.
  Marks youngest(int most) {
    if (written.size() <= most) return this;
    var oldest =
        written.values().stream()
            .sorted()
            .skip(written.size() - (long) most)
            .findFirst()
            .orElse(0L);
    var kept = new TreeMap<>(written);
    kept.values().removeIf(at -> at < oldest);
    return new Marks(kept);
  }
}
