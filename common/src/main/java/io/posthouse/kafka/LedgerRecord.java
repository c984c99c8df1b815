package io.posthouse.kafka;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.Taken;

/// A message taken by a [LedgerReader].
record LedgerRecord(Envelope envelope, LedgerEntry entry) implements Taken {
  @Override
  public RecordPosition position() {
    return entry.position();
  }

  @Override
  public void settle() {
    entry.settle();
  }
}
