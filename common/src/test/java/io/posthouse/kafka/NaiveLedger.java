package io.posthouse.kafka;

import java.util.HashSet;
import java.util.Set;

/// The model a ledger is compared with: remembers every offset, and searches.
final class NaiveLedger {
  private final long first;
  private final Set<Long> taken = new HashSet<>();
  private final Set<Long> settled = new HashSet<>();
  private long end;

  NaiveLedger(long first) {
    this.first = first;
    end = first;
  }

  void take(long offset) {
    taken.add(offset);
    end = offset + 1;
  }

  void settle(long offset) {
    settled.add(offset);
  }

  boolean owed(long offset) {
    return taken.contains(offset) && !settled.contains(offset);
  }

  long watermark() {
    for (long offset = first; offset < end; offset++) if (owed(offset)) return offset;
    return end;
  }

  long end() {
    return end;
  }
}
