package io.posthouse.delivery.intake;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives.Numbered;
import io.posthouse.kafka.SimulatedCluster;
import io.posthouse.message.NextHop;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/// Two operators who know nothing of each other, and now and then order the same.
final class SimulatedOperators {
  private final SimulatedCluster cluster;
  private final Random dice;
  private int given;

  SimulatedOperators(SimulatedCluster cluster, Random dice) {
    this.cluster = cluster;
    this.dice = dice;
  }

  /// One of them orders something.
  void order() {
    var act = act();
    var filter = filter();
    give(act, filter, "olga");
    if (dice.nextInt(3) == 0) give(act, filter, "otto");
  }

  private void give(Act act, QueueFilter filter, String operator) {
    var at = cluster.time().instant();
    cluster.give(
        new Directive(
            act.kind().word() + "-" + ++given,
            act,
            filter,
            at,
            until(act, at),
            "as you asked",
            operator));
  }

  private Optional<Instant> until(Act act, Instant at) {
    return act.mayWait() && dice.nextInt(3) == 0
        ? Optional.of(at.plus(Duration.ofSeconds(1 + dice.nextInt(60))))
        : Optional.empty();
  }

  private Act act() {
    return switch (dice.nextInt(10)) {
      case 0, 1, 2 -> new Act.Hold();
      case 3, 4 -> new Act.Release();
      case 5, 6 -> new Act.Flush();
      case 7 -> dice.nextBoolean() ? new Act.Bounce() : new Act.Drop();
      case 8 -> new Act.Reroute(new NextHop(new Domain("r" + dice.nextInt(3) + ".example"), 25));
      default -> undo();
    };
  }

  private Act undo() {
    var open =
        cluster.directives().inOrder().stream()
            .map(Numbered::directive)
            .filter(directive -> directive.until().isPresent())
            .toList();
    return open.isEmpty()
        ? new Act.Flush()
        : new Act.Undo(open.get(dice.nextInt(open.size())).id());
  }

  private QueueFilter filter() {
    return switch (dice.nextInt(4)) {
      case 0 -> QueueFilter.EVERYTHING;
      case 1 -> QueueFilter.of(new Criterion.Recipient(recipient()));
      default -> QueueFilter.of(new Criterion.To(domain()));
    };
  }

  private PathPattern recipient() {
    var address = "u" + dice.nextInt(2) + "@" + domain();
    return new PathPattern.Exactly(MailAddress.of(address));
  }

  private Domain domain() {
    return new Domain("d" + dice.nextInt(4) + ".example");
  }
}
