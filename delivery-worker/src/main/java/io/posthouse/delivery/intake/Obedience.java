package io.posthouse.delivery.intake;

import io.posthouse.directive.Course;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.directive.TakenPart;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
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
    var known = directives.now();
    if (!TakenPart.isOrdered(taken, known)) {
      delivery.deliver(taken);
      return;
    }
    var parts = TakenPart.of(taken, known);
    var comesApart = parts.size() > 1;
    for (var part : parts) obey(part, comesApart);
  }

  private void obey(TakenPart taken, boolean isOfSeveral) throws Closed, InterruptedException {
    switch (taken.course()) {
      case Course.Held() -> outlet.hold(taken, () -> events.directed(taken.part()));
      case Course.Ended(var ending) -> {
        events.directed(taken.part(), ending);
        outlet.end(taken, messages.apply(taken.envelope()), ending);
      }
      case Course.GoesOn() -> {
        events.directed(taken.part());
        // To deliver it takes its time: who dies meanwhile would do to the others again what was
        // ordered of them.
        if (isOfSeveral) outlet.sendAfter(taken);
        else delivery.deliver(taken);
      }
    }
  }

  /// Whether somebody has ordered something since it was asked last.
  boolean isOrdered(Taken taken) throws InterruptedException {
    return TakenPart.isOrdered(taken, directives.now());
  }
}
