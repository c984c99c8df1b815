package io.posthouse.delivery.explain;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.routing.RouteTable;
import io.posthouse.delivery.routing.Site;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Mx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Gatherers;

/// Finds out what would happen to mail, by the same parts that deliver it. Asks the DNS and policy
/// hosts, but no MX host. Blocks for as long as they do; safe for many threads.
public final class Explainer {
  /// Hosts that are looked up at a time.
  private static final int AT_A_TIME = 8;

  private final RoadMap map;
  private final Optional<LiveWorker> live;

  /// @param live whose memory counts; empty where nothing runs
  public Explainer(RoadMap map, Optional<LiveWorker> live) {
    this.map = map;
    this.live = live;
  }

  /// What would happen to mail from `sender` to `to`.
  public Explanation explain(MailAddress to, ReversePath sender) {
    var domain = to.domain();
    var route = map.routes().lookup(domain, sender);
    var site = Site.of(domain, route);
    var hosts =
        route instanceof Route.Hosts known ? hosts(domain, known, site) : List.<ExplainedHost>of();
    var share = map.shaping().share(domain, route);
    var pools = hosts.stream().map(host -> host.host().manner().egress().name()).toList();
    var state = live.map(worker -> worker.of(site, share, pools));
    return new Explanation(
        to,
        sender,
        map.table().entry(domain, sender).map(RouteTable.Entry::key),
        Prospect.of(domain, route, hosts, state),
        hosts,
        share,
        state);
  }

  private List<ExplainedHost> hosts(Domain domain, Route.Hosts route, Site site) {
    var preferences = preferences(route);
    return withoutThoseBehindUs(
        route.mostPreferredFirst().stream()
            .gather(
                Gatherers.mapConcurrent(
                    AT_A_TIME,
                    host ->
                        new HostLook(map, breakers(), domain, route, site, host)
                            .host(preference(host, preferences))))
            .toList());
  }

  /// The route says in which order, but not why.
  private Map<Domain, Integer> preferences(Route.Hosts route) {
    var preferences = new HashMap<Domain, Integer>();
    if (route.of().isPresent() && map.dns().mx(route.of().get()) instanceof Answer.Found<Mx> mx)
      for (var record : mx.records())
        if (record.exchange() instanceof Mx.Exchange.Host(var name))
          preferences.merge(name, record.preference(), Math::min);
    return preferences;
  }

  private static OptionalInt preference(RouteHost host, Map<Domain, Integer> preferences) {
    return host.reason() == Reason.MX && preferences.containsKey(host.name())
        ? OptionalInt.of(preferences.get(host.name()))
        : OptionalInt.empty();
  }

  private Optional<Breakers> breakers() {
    return live.map(LiveWorker::breakers);
  }

  /// Hosts as good as ourselves or worse would send it back to us (RFC 5321 §5.1).
  private static List<ExplainedHost> withoutThoseBehindUs(List<ExplainedHost> hosts) {
    var us = hosts.stream().takeWhile(host -> !isOurOwn(host)).count();
    return hosts.stream().limit(us + 1).toList();
  }

  private static boolean isOurOwn(ExplainedHost host) {
    return host.hindrance().filter(Hindrance.OurOwn.class::isInstance).isPresent();
  }
}
