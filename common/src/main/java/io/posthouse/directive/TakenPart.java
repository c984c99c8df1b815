package io.posthouse.directive;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.Taken;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Recipients of a message taken of whom the same is ordered. The message is settled when all of
/// its parts are.
public final class TakenPart implements Taken {
  private final Taken whole;
  private final Part part;
  private final AtomicInteger open;

  private TakenPart(Taken whole, Part part, AtomicInteger open) {
    this.whole = whole;
    this.part = part;
    this.open = open;
  }

  /// Takes a message apart.
  ///
  /// @param parts all there are of it
  public static List<TakenPart> of(Taken whole, List<Part> parts) {
    var open = new AtomicInteger(parts.size());
    return parts.stream().map(part -> new TakenPart(whole, part, open)).toList();
  }

  /// What is ordered.
  public Part part() {
    return part;
  }

  @Override
  public Envelope envelope() {
    return part.envelope();
  }

  @Override
  public RecordPosition position() {
    return whole.position();
  }

  @Override
  public void settle() {
    if (open.decrementAndGet() == 0) whole.settle();
  }
}
