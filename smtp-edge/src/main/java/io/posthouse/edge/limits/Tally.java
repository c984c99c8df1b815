package io.posthouse.edge.limits;

/// What the addresses, or the networks, have used up of their share.
record Tally(
    Crowd present,
    RateTable connections,
    RateTable messages,
    RateTable recipients,
    RateTable errors) {
  Tally(FairUseSettings.Share share, int remembered) {
    this(
        new Crowd(share.connections()),
        new RateTable(share.opened(), remembered),
        new RateTable(share.messages(), remembered),
        new RateTable(share.recipients(), remembered),
        new RateTable(share.errors(), remembered));
  }

  boolean opened(long key, long now) {
    return connections.take(key, now);
  }

  boolean message(long key, long now) {
    return messages.take(key, now);
  }

  boolean recipient(long key, long now) {
    return recipients.take(key, now);
  }

  void erred(long key, long now) {
    errors.charge(key, now);
  }

  boolean isAtFault(long key, long now) {
    return errors.isSpent(key, now);
  }
}
