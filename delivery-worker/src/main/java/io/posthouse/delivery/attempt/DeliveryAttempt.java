package io.posthouse.delivery.attempt;

import io.posthouse.address.Domain;
import io.posthouse.delivery.breaker.HostBreakers;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.routing.AddressLookup;
import io.posthouse.delivery.routing.HostAddresses;
import io.posthouse.delivery.routing.MailRoutes;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import java.util.ArrayList;
import java.util.List;

/// Takes one message to one domain: host by host in the order of preference, address by address,
/// until every recipient has an outcome that no other address could better.
///
/// Whatever goes wrong before a recipient's last word moves on to the next address. Who has a last
/// word is not asked for again. Blocks for as long as the hosts do; safe for many threads.
public final class DeliveryAttempt {
  private final MailRoutes routes;
  private final AddressLookup lookup;
  private final AddressTrial trial;
  private final HostBreakers breakers;
  private final AttemptLimits limits;

  public DeliveryAttempt(
      MailRoutes routes,
      AddressLookup lookup,
      Connections connections,
      HostBreakers breakers,
      AttemptNotes notes,
      AttemptLimits limits) {
    this.routes = routes;
    this.lookup = lookup;
    this.trial = new AddressTrial(connections, notes);
    this.breakers = breakers;
    this.limits = limits;
  }

  /// Makes one attempt; never throws.
  ///
  /// @param envelope whose recipients all are at `domain`
  public Attempted run(Domain domain, Envelope envelope, MessageSource message) {
    var delivery = new Delivery(envelope, message, trial, breakers, limits);
    try {
      follow(domain, routes.lookup(domain), delivery);
    } catch (RuntimeException bug) {
      delivery.stopFor(bug);
    }
    return delivery.result();
  }

  private void follow(Domain domain, Route route, Delivery delivery) {
    switch (route) {
      case Route.Hosts(var hosts) -> tryHosts(domain, hosts, delivery);
      case Route.NullMx() ->
          delivery.settleRest(failed("5.1.10", domain + " takes no mail (null MX)"));
      case Route.NoSuchDomain(var why) -> delivery.settleRest(failed("5.1.2", why));
      case Route.BackToUs(var us) ->
          delivery.settleRest(
              deferred("4.4.6", "the best host for " + domain + " is ourselves: " + us));
      case Route.Unanswered(var why) -> delivery.settleRest(deferred("4.4.3", why));
    }
  }

  private void tryHosts(Domain domain, List<RouteHost> hosts, Delivery delivery) {
    var nowhere = new ArrayList<String>();
    for (var host : hosts) {
      if (delivery.isOver()) return;
      switch (lookup.addresses(host)) {
        case HostAddresses.Usable(var addresses) -> delivery.tryEach(addresses);
        case HostAddresses.None(var why, _) -> nowhere.add(why);
        case HostAddresses.Unanswered(var why) -> delivery.noteRest(deferred("4.4.3", why));
      }
    }
    // Nobody could even be tried, and asking again would answer the same.
    if (nowhere.size() == hosts.size())
      delivery.settleRest(
          failed("5.4.4", "no way to " + domain + ": " + String.join("; ", nowhere)));
  }

  private static DeliveryOutcome failed(String status, String why) {
    return new Failed(Scope.HOST, new Observed(EnhancedStatus.of(status), why));
  }

  private static DeliveryOutcome deferred(String status, String why) {
    return new Deferred(Scope.HOST, new Observed(EnhancedStatus.of(status), why));
  }
}
