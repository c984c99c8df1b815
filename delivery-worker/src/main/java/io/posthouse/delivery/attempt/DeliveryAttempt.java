package io.posthouse.delivery.attempt;

import io.posthouse.address.Domain;
import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.routing.AddressLookup;
import io.posthouse.delivery.routing.HostAddresses;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.Site;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.RequiredTls;
import io.posthouse.delivery.security.TlsPolicies;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes one message to one domain: host by host in the order of preference, address by address,
/// until every recipient has an outcome that no other address could better.
///
/// Whatever goes wrong before a recipient's last word moves on to the next address. Who has a last
/// word is not asked for again. Blocks for as long as the hosts do; safe for many threads.
public final class DeliveryAttempt {
  private final AddressLookup lookup;
  private final TlsPolicies policies;
  private final AddressTrial trial;
  private final Breakers breakers;
  private final Families families;
  private final AttemptLimits limits;

  public DeliveryAttempt(
      AddressLookup lookup,
      TlsPolicies policies,
      Connections connections,
      Breakers breakers,
      AttemptNotes notes,
      Families families,
      AttemptLimits limits) {
    this.lookup = lookup;
    this.policies = policies;
    this.trial = new AddressTrial(connections, notes);
    this.breakers = breakers;
    this.families = families;
    this.limits = limits;
  }

  /// Makes one attempt; never throws.
  ///
  /// @param route to `domain`, where all recipients of `envelope` are
  /// @param visit to the site at the end of that route
  public Attempted run(
      Domain domain, Route route, Envelope envelope, MessageSource message, Visit visit) {
    try (var delivery =
        new Delivery(envelope, message, Site.of(domain, route), breakers, limits, visit)) {
      attempt(domain, route, delivery);
      return delivery.result();
    }
  }

  private void attempt(Domain domain, Route route, Delivery delivery) {
    try {
      follow(domain, route, delivery);
    } catch (RuntimeException | Error bug) {
      // An error too: whoever waits for an outcome must not wait for ever.
      delivery.stopFor(bug);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      delivery.settleRest(deferred("4.3.2", "this worker is closing"));
    }
  }

  private void follow(Domain domain, Route route, Delivery delivery) throws InterruptedException {
    switch (route) {
      case Route.Hosts hosts -> tryHosts(domain, hosts, delivery);
      case Route.NullMx _, Route.NoSuchDomain _, Route.BackToUs _, Route.Unanswered _ ->
          NoWay.along(domain, route).ifPresent(delivery::settleRest);
      case Route.Fault(var bug) -> delivery.stopFor(bug);
    }
  }

  private void tryHosts(Domain domain, Route.Hosts route, Delivery delivery)
      throws InterruptedException {
    var hosts = route.mostPreferredFirst();
    var nowhere = new ArrayList<String>();
    for (var host : hosts) {
      if (!delivery.goesOn()) return;
      switch (lookup.addresses(host)) {
        case HostAddresses.Usable(var addresses, _) ->
            tryHost(domain, route, host, addresses, delivery);
        case HostAddresses.None(var why, _) -> nowhere.add(why);
        case HostAddresses.OurOwn(var why) -> {
          // Hosts as good as ourselves or worse would send it back to us (RFC 5321 §5.1).
          delivery.passOver(NoWay.toOurselves(why));
          return;
        }
        case HostAddresses.Unanswered(var why) -> delivery.passOver(NoWay.unanswered(why));
      }
    }
    // Nobody could even be tried, and asking again would answer the same.
    if (nowhere.size() == hosts.size())
      delivery.settleRest(NoWay.toAnyHost(domain, route, nowhere));
    else if (delivery.goesOn()) delivery.hasTriedEverything();
  }

  private void tryHost(
      Domain domain, Route.Hosts route, RouteHost host, List<MxHost> addresses, Delivery delivery)
      throws InterruptedException {
    var used = addresses.stream().filter(mx -> families.use().allows(mx.family())).toList();
    if (used.isEmpty())
      delivery.passOver(NoWay.unused(host + ": no address, as we use only " + families.use()));
    // What it must give us is not asked then: whoever knows may be as dead as the host.
    else if (!delivery.leaves(used, host.manner())) {
      var policy = policy(domain, route, host, delivery);
      if (policy.isPresent()) tryHost(host, used, policy.get(), delivery);
      else delivery.passOver(unproved(host));
    }
  }

  /// Empty where the sender requires TLS, and nothing could prove that this host is the right one.
  private Optional<HostPolicy> policy(
      Domain domain, Route.Hosts route, RouteHost host, Delivery delivery) {
    var policy = policies.of(domain, route, host);
    return delivery.requiresTls() ? RequiredTls.of(policy, route, host) : Optional.of(policy);
  }

  private static DeliveryOutcome unproved(RouteHost host) {
    var why = host + ": message requires TLS, and the MX records that name the host are not proved";
    return new Failed(Scope.MESSAGE, new Observed(EnhancedStatus.of("5.7.30"), why));
  }

  private void tryHost(RouteHost host, List<MxHost> addresses, HostPolicy policy, Delivery delivery)
      throws InterruptedException {
    switch (policy) {
      case HostPolicy.Forbidden(var why, _) -> delivery.passOver(NoWay.forbidden(why));
      case HostPolicy.Allowed(var security, var source) -> {
        var approach = new Approach(security, source, host.manner());
        new HostTrial(delivery, trial, families, approach, addresses).run();
      }
    }
  }

  private static DeliveryOutcome deferred(String status, String why) {
    return new Deferred(Scope.HOST, new Observed(EnhancedStatus.of(status), why));
  }
}
