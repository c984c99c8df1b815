package io.posthouse.kafka;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.Taken;
import io.posthouse.telemetry.Events;

/// A message taken by a [LedgerReader].
record LedgerRecord(Envelope envelope, LedgerEntry entry, Events events) implements Taken {
  @Override
  public RecordPosition position() {
    return entry.position();
  }

  /// It is in flight until what became of it is recorded for good: a replay would send again what
  /// is settled and of which nobody knows that it was delivered.
  @Override
  public void settle() {
    entry.over();
    var _ = events.kept(envelope.queueId()).thenRun(entry::settle);
  }
}
