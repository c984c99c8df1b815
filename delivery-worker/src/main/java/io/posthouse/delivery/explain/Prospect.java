package io.posthouse.delivery.explain;

import io.posthouse.address.Domain;
import io.posthouse.delivery.attempt.NoWay;
import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.explain.ExplainedAddress.Tried;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.Evidence;
import io.posthouse.smtp.EnhancedStatus;
import java.util.List;
import java.util.Optional;

/// What becomes of mail, as far as can be said without sending it.
public sealed interface Prospect {
  /// It goes to the first host that takes it.
  record Tried() implements Prospect {}

  /// It waits; nobody is asked.
  record Deferred(EnhancedStatus status, String why) implements Prospect {}

  /// Its sender gets it back; nobody is asked.
  record Returned(EnhancedStatus status, String why) implements Prospect {}

  /// What becomes of mail for `domain`.
  ///
  /// @param hosts those of the route
  /// @param live what a worker knows, if one was asked
  static Prospect of(
      Domain domain, Route route, List<ExplainedHost> hosts, Optional<LiveState> live) {
    if (route instanceof Route.Hosts known) return of(domain, known, hosts, live);
    return NoWay.along(domain, route)
        .map(Prospect::of)
        .orElseGet(() -> deferred("4.3.0", "a fault of ours"));
  }

  private static Prospect of(
      Domain domain, Route.Hosts route, List<ExplainedHost> hosts, Optional<LiveState> live) {
    var tried = hosts.stream().flatMap(ExplainedHost::tried).toList();
    if (tried.isEmpty()) return nobody(domain, route, hosts);
    var suspended = live.flatMap(LiveState::share).flatMap(share -> share.suspendedBy());
    if (suspended.isPresent())
      return deferred("4.4.5", "the site is suspended by " + suspended.get());
    // Each has a reason of its own; one tells enough.
    var alone = tried.stream().map(ExplainedAddress.Tried::leftAlone).toList();
    return alone.stream().allMatch(Optional::isPresent)
        ? deferred("4.4.1", alone.getFirst().map(LeftAlone::toString).orElse(""))
        : new Tried();
  }

  private static Prospect nobody(Domain domain, Route.Hosts route, List<ExplainedHost> hosts) {
    var hindrances = hosts.stream().flatMap(host -> host.hindrance().stream()).toList();
    for (var hindrance : hindrances) {
      switch (hindrance) {
        case Hindrance.Nowhere _ -> {}
        case Hindrance.OurOwn(var why) -> {
          return of(NoWay.toOurselves(why));
        }
        case Hindrance.PassedOver(var status, var why) -> {
          return new Deferred(status, why);
        }
      }
    }
    return of(NoWay.toAnyHost(domain, route, hindrances.stream().map(Hindrance::why).toList()));
  }

  private static Prospect of(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered _ -> new Tried();
      case DeliveryOutcome.Deferred(_, Evidence evidence) ->
          new Deferred(evidence.status(), evidence.text());
      case DeliveryOutcome.Failed(_, Evidence evidence) ->
          new Returned(evidence.status(), evidence.text());
    };
  }

  private static Prospect deferred(String status, String why) {
    return new Deferred(EnhancedStatus.of(status), why);
  }
}
