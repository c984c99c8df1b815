package io.posthouse.delivery.shaping;

/// How long a site takes for one delivery, lately.
final class ServiceTime {
  private static final int WEIGHT = 8;

  private double mean;
  private boolean known;
  private long latestStart;

  void started(long now) {
    latestStart = now;
  }

  void took(long nanos) {
    mean = known ? mean + (nanos - mean) / WEIGHT : nanos;
    known = true;
  }

  /// Of those that ended.
  long mean() {
    return (long) mean;
  }

  /// While every slot is taken. If even the latest delivery has been going on for long, all of them
  /// have: a site that stopped answering is known for it before anything ends.
  long whileBusy(long now) {
    return Math.max(mean(), now - latestStart);
  }
}
