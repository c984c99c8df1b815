package io.posthouse.delivery.explain;

import io.posthouse.address.Domain;
import io.posthouse.delivery.attempt.NoWay;
import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.egress.Source;
import io.posthouse.delivery.explain.ExplainedAddress.Skipped;
import io.posthouse.delivery.explain.ExplainedAddress.Tried;
import io.posthouse.delivery.routing.HostAddresses;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.Site;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.MxHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What there is to say about one host of a route.
///
/// @param breakers what is left alone; empty where nothing runs
record HostLook(
    RoadMap map,
    Optional<Breakers> breakers,
    Domain domain,
    Route.Hosts route,
    Site site,
    RouteHost host) {

  /// @param preference of its MX record, if it has one
  ExplainedHost host(OptionalInt preference) {
    return switch (map.addresses().addresses(host)) {
      case HostAddresses.Usable(var inTurn, var skipped) -> usable(preference, inTurn, skipped);
      case HostAddresses.None(var why, var skipped) ->
          hindered(preference, skips(skipped), new Hindrance.Nowhere(why));
      case HostAddresses.OurOwn(var why) ->
          hindered(preference, List.of(), new Hindrance.OurOwn(why));
      case HostAddresses.Unanswered(var why) ->
          hindered(preference, List.of(), passedOver(NoWay.unanswered(why)));
    };
  }

  private ExplainedHost usable(
      OptionalInt preference, List<MxHost> inTurn, List<HostAddresses.Skipped> skipped) {
    var addresses = new ArrayList<>(inTurn.stream().map(this::address).toList());
    var tried = addresses.stream().anyMatch(Tried.class::isInstance);
    addresses.addAll(skips(skipped));
    if (!tried)
      return hindered(
          preference, addresses, passedOver(NoWay.unused(host + ": no address is tried")));
    var policy = map.policies().of(domain, route, host);
    return new ExplainedHost(host, preference, Optional.of(policy), addresses, forbidden(policy));
  }

  private ExplainedAddress address(MxHost mx) {
    if (!map.families().allows(mx.family()))
      return new Skipped(mx.address(), "as we use only " + map.families());
    var pool = host.manner().egress();
    return switch (map.egress().towards(mx, pool)) {
      case Source.From from -> new Tried(mx.address(), from, leftAlone(mx));
      case Source.Nowhere(var why) -> new Skipped(mx.address(), why);
    };
  }

  private Optional<LeftAlone> leftAlone(MxHost mx) {
    return breakers.flatMap(known -> known.leftAlone(site, host.manner().egress().name(), mx));
  }

  private static Optional<Hindrance> forbidden(HostPolicy policy) {
    return switch (policy) {
      case HostPolicy.Allowed _ -> Optional.empty();
      case HostPolicy.Forbidden(var why, _) -> Optional.of(passedOver(NoWay.forbidden(why)));
    };
  }

  private ExplainedHost hindered(
      OptionalInt preference, List<? extends ExplainedAddress> addresses, Hindrance hindrance) {
    return new ExplainedHost(
        host, preference, Optional.empty(), List.copyOf(addresses), Optional.of(hindrance));
  }

  private static List<Skipped> skips(List<HostAddresses.Skipped> skipped) {
    return skipped.stream().map(skip -> new Skipped(skip.address(), skip.why())).toList();
  }

  private static Hindrance passedOver(Deferred outcome) {
    var evidence = outcome.evidence();
    return new Hindrance.PassedOver(evidence.status(), evidence.text());
  }
}
