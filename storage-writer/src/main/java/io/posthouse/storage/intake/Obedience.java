package io.posthouse.storage.intake;

import io.posthouse.bounce.Returns;
import io.posthouse.directive.Course;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Part;
import io.posthouse.directive.TakenPart;
import io.posthouse.directive.Touches;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
import io.posthouse.telemetry.Events;
import java.io.SequenceInputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Does to messages what operators order of them. Needs the queue alone: what waits for a database
/// that is down can be held, returned or dropped.
final class Obedience {
  private static final Errands.Kind ORDER =
      new Errands.Kind("order", "doing what an operator orders", "what an operator orders failed");

  private final DirectiveTable directives;
  private final ContentStore contents;
  private final Returns returns;
  private final Events events;
  private final InstantSource clock;
  private final Errands errands;

  Obedience(
      DirectiveTable directives,
      ContentStore contents,
      Returns returns,
      Events events,
      InstantSource clock,
      Errands errands) {
    this.directives = directives;
    this.contents = contents;
    this.returns = returns;
    this.events = events;
    this.clock = clock;
    this.errands = errands;
  }

  /// All that is ordered; waits until it is known what was at our start.
  Directives known() throws InterruptedException {
    return directives.now();
  }

  /// What of a message goes on. The rest leaves, on threads of its own, and is settled when what
  /// was ordered is durable.
  List<Taken> obey(Taken taken, Directives known) {
    try {
      if (!TakenPart.isOrdered(taken, known)) return List.of(taken);
      return TakenPart.of(taken, known).stream().flatMap(this::goOn).toList();
    } catch (RuntimeException bug) {
      // It is told and put aside like any other of ours, and keeps nobody from going on.
      errands.start(
          ORDER,
          taken,
          () -> {
            throw bug;
          });
      return List.of();
    }
  }

  /// What of messages that wait goes on, as [#obey(Taken, Directives)].
  List<Waiting> obey(List<Waiting> messages, Directives known) {
    return messages.stream()
        .flatMap(message -> obey(message.taken(), known).stream().map(message::with))
        .toList();
  }

  private Stream<Taken> goOn(TakenPart taken) {
    switch (taken.course()) {
      case Course.Held() -> errands.start(ORDER, taken, () -> hold(taken));
      case Course.Ended(var ending) -> errands.start(ORDER, taken, () -> end(taken, ending));
      case Course.GoesOn() -> {
        tell(taken.part());
        return Stream.of(taken);
      }
    }
    return Stream.of();
  }

  private void hold(TakenPart taken) throws Closed {
    returns.notifier().queue().hold(taken.envelopeByReference());
    // It is where an operator finds it: this record has done its part.
    tell(taken.part());
    taken.settle();
  }

  private void end(TakenPart taken, Ending ending) throws Closed {
    returns.end(taken, message(taken.envelope()), ending, clock.instant());
    // Dying before this line makes the same DSN again, with the same queue id.
    Touches.events(taken.part(), ending).forEach(events::record);
    taken.settle();
  }

  private void tell(Part part) {
    Touches.events(part).forEach(events::record);
  }

  /// The trace we prepend, then the content.
  private MessageSource message(Envelope envelope) {
    return () ->
        new SequenceInputStream(
            envelope.trace().input(), contents.open(envelope.queueId(), envelope.content()));
  }
}
