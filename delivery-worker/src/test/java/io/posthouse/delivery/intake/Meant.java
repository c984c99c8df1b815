package io.posthouse.delivery.intake;

import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Directives.Numbered;
import io.posthouse.kafka.SimulatedCluster;
import io.posthouse.message.Envelope;
import io.posthouse.message.NextHop;
import io.posthouse.message.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What operators mean a recipient to be: their orders read one after the other, as they were
/// given, by somebody who has never heard of partitions, sweeps and nodes.
///
/// @param ending the order that ended it
record Meant(boolean isHeld, Optional<Act> ending, Optional<NextHop> nextHop) {
  /// @param upTo the number of the last order that counts
  static Meant of(Directives all, long upTo, Envelope envelope, Recipient to) {
    var orders = all.inOrder().stream().filter(next -> next.number() <= upTo).toList();
    var meant = new Meant(false, Optional.empty(), Optional.empty());
    for (var next : orders)
      if (isAbout(next.directive(), orders, envelope.forRecipients(List.of(to))))
        meant = meant.after(next.directive().act());
    return meant;
  }

  /// Whether all who might have met it had heard of what was ordered about arrivals before it
  /// arrived. Who had not lets it pass, and where it goes then nobody asks for such orders.
  static boolean isClear(Directives all, Envelope envelope) {
    return all.inOrder().stream()
        .map(Numbered::directive)
        .map(order -> Duration.between(order.at(), envelope.arrived()))
        .noneMatch(after -> after.isPositive() && after.compareTo(SimulatedCluster.LAG) < 0);
  }

  boolean isDropped() {
    return ending.filter(Act.Drop.class::isInstance).isPresent();
  }

  /// What is wrong if somebody is about to send it now.
  Optional<String> complaint(Envelope envelope) {
    if (ending.isPresent()) return Optional.of("sent after " + ending.get());
    if (isHeld) return Optional.of("sent while it was held");
    return nextHop.equals(envelope.orders().nextHop())
        ? Optional.empty()
        : Optional.of("sent to " + envelope.orders().nextHop() + " instead of " + nextHop);
  }

  private Meant after(Act act) {
    if (ending.isPresent()) return this;
    return switch (act) {
      case Act.Hold() -> new Meant(true, ending, nextHop);
      case Act.Release() -> new Meant(false, ending, nextHop);
      case Act.Bounce(), Act.Drop() -> new Meant(false, Optional.of(act), nextHop);
      case Act.Reroute(var hop) -> new Meant(isHeld, ending, Optional.of(hop));
      case Act.Flush(), Act.Undo _ -> this;
    };
  }

  private static boolean isAbout(Directive order, List<Numbered> all, Envelope one) {
    return !one.arrived().isAfter(end(order, all)) && order.filter().matches(one, order.at());
  }

  private static Instant end(Directive order, List<Numbered> all) {
    var until = order.until().orElse(order.at());
    return all.stream()
        .map(Numbered::directive)
        .filter(other -> other.act() instanceof Act.Undo(var id) && id.equals(order.id()))
        .map(Directive::at)
        .filter(until::isAfter)
        .findFirst()
        .orElse(until);
  }
}
