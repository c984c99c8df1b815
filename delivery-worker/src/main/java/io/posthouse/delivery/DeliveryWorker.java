package io.posthouse.delivery;

import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Reporter;
import io.posthouse.config.NodeSettings;
import io.posthouse.delivery.attempt.DeliveryAttempt;
import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.breaker.Standing;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.explain.Explainer;
import io.posthouse.delivery.explain.LiveWorker;
import io.posthouse.delivery.intake.DeliveryEvents;
import io.posthouse.delivery.intake.DeliveryIntake;
import io.posthouse.delivery.intake.DeliveryMetrics;
import io.posthouse.delivery.intake.Outlet;
import io.posthouse.delivery.intake.Slots;
import io.posthouse.delivery.policy.PolicyMetrics;
import io.posthouse.delivery.retry.RetryPolicy;
import io.posthouse.delivery.routing.CountedDns;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.shaping.SiteStanding;
import io.posthouse.delivery.sts.PolicyMemory;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.dkim.Signer;
import io.posthouse.dns.Dns;
import io.posthouse.lifecycle.Service;
import io.posthouse.node.AtWork;
import io.posthouse.node.Work;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.MailQueue;
import io.posthouse.srs.Srs;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;

/// Everything between the queue and the wire, put together: takes messages, and answers with
/// records in the queue.
public final class DeliveryWorker implements Service, AtWork {
  private final Connections connections;
  private final Breakers breakers;
  private final DeliveryIntake intake;
  private final Explainer explainer;
  private final InstantSource clock;

  /// A worker that is not taking anything yet.
  ///
  /// @param signer with our keys, if there are any
  /// @param srs tells whom a DSN about forwarded mail is for
  /// @param policies what is known of the TLS policies of domains
  /// @param directives what operators order about messages
  /// @param live workers of the cluster, this one among them; asked whenever a message comes
  public DeliveryWorker(
      NodeSettings node,
      DeliverySettings settings,
      Dns names,
      MailQueue queue,
      ContentStore contents,
      Optional<Signer> signer,
      Optional<Srs> srs,
      PolicyMemory policies,
      DirectiveTable directives,
      IntSupplier live,
      Events events,
      Metrics metrics,
      InstantSource clock) {
    this.clock = clock;
    var notes = new DeliveryEvents(events);
    var counted = new PolicyMetrics(metrics);
    var map =
        RoadMaps.of(
            node,
            settings,
            new RoadMaps.Surroundings(
                new CountedDns(names, metrics), policies, counted, counted, clock));
    var egress = map.egress();
    var security = settings.security();
    var tls = new TlsClient(security.authorities(), clock);
    this.connections = new Connections(egress, settings.patience(), tls, security.brokenFor());
    this.breakers = new Breakers(settings.breaker(), clock);
    var attempts =
        new DeliveryAttempt(
            map.addresses(),
            map.policies(),
            connections,
            breakers,
            notes,
            settings.families(),
            settings.limits());
    var durable = new DurableQueue(queue);
    var outlet =
        new Outlet(
            durable,
            new RetryPolicy(settings.retry(), settings.notices().warnAfter()),
            new Notifier(
                durable,
                new Reporter(node.hostname(), node.id(), srs),
                signer,
                events,
                settings.notices().mostReturned().bytes()),
            notes,
            node.id(),
            clock);
    IntSupplier sharing = () -> settings.workers().orElseGet(live);
    this.intake =
        new DeliveryIntake(
            contents,
            map.routes(),
            attempts,
            outlet,
            notes,
            new DeliveryMetrics(metrics),
            settings.shaping(),
            settings.reactions(),
            this::hasIdleConnection,
            directives,
            new Slots(
                settings.concurrency(),
                settings.inFlight(),
                DeliverySettings.MOST_OCTETS,
                Slots.SHORT_WAIT,
                settings.longestAside(),
                sharing));
    this.explainer = new Explainer(map, Optional.of(new LiveWorker(breakers, intake::standing)));
    show(metrics);
    metrics.gauge(
        "delivery_workers",
        "Workers among whom limits of the cluster are divided.",
        sharing::getAsInt);
    var pools = settings.routing().pools();
    metrics.gauge(
        "delivery_egress_missing",
        "Addresses of egress pools that this node has not.",
        () -> egress.missing(pools));
  }

  /// Says what would happen to mail, and knows what goes on here.
  public Explainer explainer() {
    return explainer;
  }

  /// Where messages are taken in.
  public DeliveryIntake intake() {
    return intake;
  }

  @Override
  public Work work() {
    var now = clock.instant();
    return OwnWork.of(intake.work(now), intake.standings(), breakers.standings().toList(), now);
  }

  @Override
  public String name() {
    return "delivery worker";
  }

  /// Works whenever something is taken in.
  @Override
  public void start() {}

  /// What is under way ends before the reader that took it has drained, so nothing is left to do.
  @Override
  public void drain(Duration deadline) {}

  /// Gives up what is under way; what is not settled is taken again after a restart.
  @Override
  public void close() {
    intake.close();
    connections.close();
  }

  private boolean hasIdleConnection(Route route) {
    return route instanceof Route.Hosts hosts
        && hosts.mostPreferredFirst().stream().anyMatch(connections::isIdleAt);
  }

  private void show(Metrics metrics) {
    metrics.gauge("delivery_held", "Messages taken and not settled.", intake::held);
    metrics.gauge("delivery_active", "Attempts under way.", intake::delivering);
    for (var state : SiteStanding.State.values())
      metrics.gauge(
          "delivery_sites",
          "Sites in a state now; one may be in several.",
          "state",
          Metrics.label(state),
          () -> intake.standings().stream().filter(standing -> standing.is(state)).count());
    for (var kind : Standing.Kind.values())
      metrics.gauge(
          "delivery_breakers_open",
          "What is left alone now.",
          "kind",
          Metrics.label(kind),
          () -> breakers.open(kind));
    metrics.gauge(
        "delivery_connecting", "Connections that are being opened.", connections::reachingNow);
    metrics.gauge(
        "delivery_idle_connections",
        "Connections that wait for a next message.",
        connections::idleNow);
  }
}
