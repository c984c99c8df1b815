package io.posthouse.directive;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.Place;
import io.posthouse.queue.Taken;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Recipients of a message taken of whom the same is ordered. The message is settled when all of
/// its parts are.
public final class TakenPart implements Taken {
  private final Taken whole;
  private final Part part;
  private final AtomicInteger open;
  private final AtomicBoolean settled = new AtomicBoolean();

  private TakenPart(Taken whole, Part part, AtomicInteger open) {
    this.whole = whole;
    this.part = part;
    this.open = open;
  }

  /// Takes a message apart, as directives have it.
  ///
  /// @return all of its parts, and the one of whom nothing is ordered last
  public static List<TakenPart> of(Taken whole, Directives known) {
    var parts = parts(whole, known);
    var open = new AtomicInteger(parts.size());
    return parts.stream().map(part -> new TakenPart(whole, part, open)).toList();
  }

  /// Whether something is ordered of a message, or of some of its recipients, or is to be done yet.
  public static boolean isOrdered(Taken whole, Directives known) {
    return whole.envelope().orders().ending().isPresent()
        || parts(whole, known).stream().anyMatch(Part::isTouched);
  }

  private static List<Part> parts(Taken whole, Directives known) {
    // When it came here matters to none that whoever takes it obeys.
    var sighting = new Sighting(whole.envelope(), Place.DUE, whole.envelope().arrived());
    return known.parts(sighting, known.newest());
  }

  /// What is ordered.
  public Part part() {
    return part;
  }

  /// What becomes of it.
  public Course course() {
    if (part.fate() == Part.Fate.HELD) return new Course.Held();
    return envelope().orders().ending().<Course>map(Course.Ended::new).orElse(new Course.GoesOn());
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
    if (settled.compareAndSet(false, true) && open.decrementAndGet() == 0) whole.settle();
  }
}
