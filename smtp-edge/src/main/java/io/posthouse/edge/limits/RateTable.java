package io.posthouse.edge.limits;

/// How much of a [Rate] each of many keys has used up, in memory that does not grow: where there
/// are more keys than room, those that have used the least are forgotten. A crowd of strangers thus
/// never makes us forget whom we hold back.
///
/// For each key one number is kept, the time at which it will have nothing used up (GCRA, the token
/// bucket without its tokens). Safe for many threads.
final class RateTable {
  private static final int WAYS = 8;

  private final Rate rate;
  private final int sets;
  private final long[] keys;
  private final long[] settledAt;
  // Zero stands for a place that was never used; a clock may well begin below it.
  private final boolean[] used;

  /// @param room how many keys are remembered at least, as a multiple of eight
  RateTable(Rate rate, int room) {
    this.rate = rate;
    this.sets = Math.max(1, (room + WAYS - 1) / WAYS);
    var places = rate.isOff() ? 0 : sets * WAYS;
    this.keys = new long[places];
    this.settledAt = new long[places];
    this.used = new boolean[places];
  }

  /// Counts one more of this key, if there may be one.
  synchronized boolean take(long key, long now) {
    return use(key, now, false);
  }

  /// Counts one that has happened already. It may exceed the rate, by as much again at most, so
  /// that nobody is held back for longer than twice the time of the rate.
  synchronized void charge(long key, long now) {
    var _ = use(key, now, true);
  }

  /// Whether this key has used up all it may.
  synchronized boolean isSpent(long key, long now) {
    if (rate.isOff()) return false;
    var place = find(key);
    return place >= 0 && settledAt[place] - now > allowance() - rate.nanosEach();
  }

  private boolean use(long key, long now, boolean anyway) {
    if (rate.isOff()) return true;
    var found = find(key);
    var settled = found < 0 ? now : later(settledAt[found], now);
    var next = settled + rate.nanosEach();
    var most = anyway ? 2 * allowance() : allowance();
    if (next - now > most) return false;
    var place = found < 0 ? leastUsed(key) : found;
    keys[place] = key;
    settledAt[place] = next;
    used[place] = true;
    return true;
  }

  private long allowance() {
    return rate.nanosEach() * rate.most();
  }

  private int find(long key) {
    var first = firstOf(key);
    for (int i = first; i < first + WAYS; i++) {
      if (used[i] && keys[i] == key) return i;
    }
    return -1;
  }

  private int leastUsed(long key) {
    var first = firstOf(key);
    var least = first;
    for (int i = first; i < first + WAYS; i++) {
      if (!used[i]) return i;
      if (settledAt[i] - settledAt[least] < 0) least = i;
    }
    return least;
  }

  private int firstOf(long key) {
    return (int) Long.remainderUnsigned(key, sets) * WAYS;
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
