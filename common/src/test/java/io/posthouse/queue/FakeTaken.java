package io.posthouse.queue;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import java.util.concurrent.atomic.AtomicInteger;

/// A message taken from no real queue; remembers whether it was settled.
public final class FakeTaken implements Taken {
  private static final AtomicInteger OFFSETS = new AtomicInteger();

  private final Envelope envelope;
  private final RecordPosition position = new RecordPosition("local", 0, OFFSETS.getAndIncrement());
  private volatile boolean settled;

  public FakeTaken(Envelope envelope) {
    this.envelope = envelope;
  }

  public boolean isSettled() {
    return settled;
  }

  @Override
  public Envelope envelope() {
    return envelope;
  }

  @Override
  public RecordPosition position() {
    return position;
  }

  @Override
  public void settle() {
    if (settled) throw new AssertionError("settled twice: " + position);
    settled = true;
  }
}
