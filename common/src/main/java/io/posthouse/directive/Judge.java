package io.posthouse.directive;

import io.posthouse.directive.Directives.Judgement;
import io.posthouse.directive.Directives.Numbered;
import io.posthouse.directive.Part.Fate;
import io.posthouse.message.Destination;
import io.posthouse.message.Ending;
import io.posthouse.message.NextHop;
import io.posthouse.message.Orders;
import io.posthouse.queue.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Hears the directives that mean a recipient, in their order, and says what becomes of it: the
/// same whether they come one by one, each done before the next is heard, or all at once.
final class Judge {
  private final Sighting sighting;
  private final boolean outgoing;
  private final List<Directive> by = new ArrayList<>();
  private boolean held;
  private Optional<NextHop> nextHop;
  private Optional<Ending> ending = Optional.empty();
  private long seen;

  /// @param destination of the recipient
  Judge(Sighting sighting, Destination destination) {
    this.sighting = sighting;
    outgoing = isOutgoing(destination);
    held = sighting.place() == Place.HELD;
    nextHop = sighting.envelope().orders().nextHop();
  }

  /// Whether nothing more can be ordered.
  boolean isEnded() {
    return ending.isPresent();
  }

  void hear(Numbered next) {
    var directive = next.directive();
    if (!touches(directive)) return;
    switch (directive.act()) {
      case Act.Hold() -> held = true;
      case Act.Release() -> held = false;
      case Act.Bounce() -> end(directive, true);
      case Act.Drop() -> end(directive, false);
      case Act.Reroute(var to) -> nextHop = Optional.of(to);
      case Act.Flush(), Act.Undo _ -> {}
    }
    by.add(directive);
    seen = next.number();
  }

  Judgement judgement() {
    if (by.isEmpty()) return Judgement.NONE;
    return new Judgement(
        held ? Fate.HELD : Fate.NOW, new Orders(seen, nextHop, ending), List.copyOf(by));
  }

  private boolean touches(Directive directive) {
    return switch (directive.act()) {
      case Act.Hold() -> !held;
      case Act.Release() -> held;
      // What has come here since was under way, and had its attempt.
      case Act.Flush() ->
          sighting.place() == Place.DEFERRED
              && !held
              && !sighting.written().isAfter(directive.at());
      // Nothing but mail that goes out has a next hop.
      case Act.Reroute _ -> outgoing;
      case Act.Bounce(), Act.Drop() -> true;
      case Act.Undo _ -> false;
    };
  }

  private static boolean isOutgoing(Destination destination) {
    return switch (destination) {
      case Destination.Remote _ -> true;
      case Destination.Local _, Destination.Forwarded _ -> false;
    };
  }

  private void end(Directive directive, boolean told) {
    held = false;
    ending =
        Optional.of(new Ending(directive.id(), told, directive.reason(), directive.operator()));
  }
}
