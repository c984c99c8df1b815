package io.posthouse.delivery.attempt;

import io.posthouse.address.Domain;
import io.posthouse.delivery.breaker.HostBreakers;
import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.routing.AddressLookup;
import io.posthouse.delivery.routing.HostAddresses;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.TlsPolicies;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import java.util.ArrayList;

/// Takes one message to one domain: host by host in the order of preference, address by address,
/// until every recipient has an outcome that no other address could better.
///
/// Whatever goes wrong before a recipient's last word moves on to the next address. Who has a last
/// word is not asked for again. Blocks for as long as the hosts do; safe for many threads.
public final class DeliveryAttempt {
  private final AddressLookup lookup;
  private final TlsPolicies policies;
  private final AddressTrial trial;
  private final HostBreakers breakers;
  private final AttemptLimits limits;

  public DeliveryAttempt(
      AddressLookup lookup,
      TlsPolicies policies,
      Connections connections,
      HostBreakers breakers,
      AttemptNotes notes,
      AttemptLimits limits) {
    this.lookup = lookup;
    this.policies = policies;
    this.trial = new AddressTrial(connections, notes);
    this.breakers = breakers;
    this.limits = limits;
  }

  /// Makes one attempt; never throws.
  ///
  /// @param route to `domain`, where all recipients of `envelope` are
  /// @param visit to the site at the end of that route
  public Attempted run(
      Domain domain, Route route, Envelope envelope, MessageSource message, Visit visit) {
    var delivery = new Delivery(envelope, message, trial, breakers, limits, visit);
    try {
      follow(domain, route, delivery);
    } catch (RuntimeException bug) {
      delivery.stopFor(bug);
    }
    return delivery.result();
  }

  private void follow(Domain domain, Route route, Delivery delivery) {
    switch (route) {
      case Route.Hosts hosts -> tryHosts(domain, hosts, delivery);
      case Route.NullMx() ->
          delivery.settleRest(failed("5.1.10", domain + " takes no mail (null MX)"));
      case Route.NoSuchDomain(var why) -> delivery.settleRest(failed("5.1.2", why));
      case Route.BackToUs(var us) ->
          delivery.settleRest(
              deferred("4.4.6", "the best host for " + domain + " is ourselves: " + us));
      case Route.Unanswered(var why) -> delivery.settleRest(deferred("4.4.3", why));
      case Route.Fault(var bug) -> delivery.stopFor(bug);
    }
  }

  private void tryHosts(Domain domain, Route.Hosts route, Delivery delivery) {
    var hosts = route.mostPreferredFirst();
    var nowhere = new ArrayList<String>();
    for (var host : hosts) {
      if (delivery.isOver()) return;
      switch (lookup.addresses(host)) {
        case HostAddresses.Usable(var addresses, _) -> {
          switch (policies.of(domain, route, host)) {
            case HostPolicy.Allowed(var security, _) ->
                delivery.tryEach(addresses, new Approach(security, host.manner()));
            case HostPolicy.Forbidden(var why, _) -> delivery.noteRest(deferred("4.7.5", why));
          }
        }
        case HostAddresses.None(var why, _) -> nowhere.add(why);
        case HostAddresses.OurOwn(var why) -> {
          // Hosts as good as ourselves or worse would send it back to us (RFC 5321 §5.1).
          delivery.noteRest(deferred("4.4.6", why));
          return;
        }
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
