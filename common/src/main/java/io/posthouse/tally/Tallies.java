package io.posthouse.tally;

import java.util.List;

/// How often things have happened lately, on all nodes as far as this one can know. Never fails:
/// where the others cannot be asked, a node goes by what it has counted itself. Waits for a
/// database, for a second at most; ask on a virtual thread.
public interface Tallies {
  /// What is counted, and of whom.
  ///
  /// @param subject such as an address; kept as a hash only
  record Entry(Tally tally, String subject) {}

  /// Counts `more`.
  ///
  /// @return how often it has happened now, these included
  long add(Entry entry, long more);

  /// How often each has happened, in the same order.
  List<Long> counts(List<Entry> entries);

  default long count(Entry entry) {
    return counts(List.of(entry)).getFirst();
  }
}
