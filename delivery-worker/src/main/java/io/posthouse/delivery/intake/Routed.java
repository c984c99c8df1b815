package io.posthouse.delivery.intake;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.SiteName;
import io.posthouse.queue.Taken;

/// A message taken of which it is known where it goes.
record Routed(Taken taken, Envelope envelope) implements Taken {
  static Taken to(SiteName site, Taken taken) {
    return new Routed(taken, taken.envelope().to(site));
  }

  @Override
  public RecordPosition position() {
    return taken.position();
  }

  @Override
  public void settle() {
    taken.settle();
  }
}
