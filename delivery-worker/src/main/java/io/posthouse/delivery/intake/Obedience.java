package io.posthouse.delivery.intake;

import io.posthouse.directive.DirectiveTable;
import io.posthouse.directive.Part;
import io.posthouse.directive.Sighting;
import io.posthouse.directive.TakenPart;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Place;
import io.posthouse.queue.Taken;
import java.util.List;
import java.util.function.Function;

/// Does to what is taken what operators order about it; what they leave alone is to be delivered.
final class Obedience {
  private final DirectiveTable directives;
  private final Outlet outlet;
  private final DeliveryEvents events;
  private final Function<Envelope, MessageSource> messages;
  private final Delivery delivery;

  /// What becomes of a message, or of a part of one, that nobody ends or holds.
  @FunctionalInterface
  interface Delivery {
    /// Has it delivered, and settles it.
    void deliver(Taken taken) throws Closed, InterruptedException;
  }

  /// @param messages the octets of a message, for the DSN of one that is bounced
  Obedience(
      DirectiveTable directives,
      Outlet outlet,
      DeliveryEvents events,
      Function<Envelope, MessageSource> messages,
      Delivery delivery) {
    this.directives = directives;
    this.outlet = outlet;
    this.events = events;
    this.messages = messages;
    this.delivery = delivery;
  }

  /// What operators order comes first. It is durable before it is told.
  void obey(Taken taken) throws Closed, InterruptedException {
    var parts = ordered(taken);
    if (parts.stream().noneMatch(Part::isTouched)) {
      goOn(taken);
      return;
    }
    for (var part : TakenPart.of(taken, parts)) {
      switch (part.part().fate()) {
        case HELD -> {
          outlet.hold(part, () -> events.directed(part.part()));
        }
        case NOW, AS_IT_WAS -> {
          events.directed(part.part());
          goOn(part);
        }
      }
    }
  }

  /// Whether somebody has ordered something since it was asked last.
  boolean isOrdered(Taken taken) throws InterruptedException {
    return ordered(taken).stream().anyMatch(Part::isTouched);
  }

  private List<Part> ordered(Taken taken) throws InterruptedException {
    var known = directives.now();
    // When it came here matters to none that a worker obeys.
    var sighting = new Sighting(taken.envelope(), Place.DUE, taken.envelope().arrived());
    return known.parts(sighting, known.newest());
  }

  private void goOn(Taken taken) throws Closed, InterruptedException {
    var ending = taken.envelope().orders().ending();
    if (ending.isEmpty()) delivery.deliver(taken);
    else outlet.end(taken, messages.apply(taken.envelope()), ending.get());
  }
}
