package io.posthouse.delivery.shaping;

import io.posthouse.address.Domain;
import io.posthouse.config.Settings;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.Site;
import io.posthouse.message.SiteName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The limits of every site: defaults, and rules of which the most specific wins, for each limit
/// alone. A rule for a domain is more specific than one for a site, and that more than one for an
/// MX; among equals the longer pattern, then the earlier rule. Pure.
public final class Shaping {
  private static final Comparator<Fitting> LEAST_SPECIFIC_FIRST =
      Comparator.comparing((Fitting fitting) -> fitting.rule().target().kind())
          .thenComparingInt(Fitting::fit)
          .thenComparingInt(fitting -> -fitting.place());

  private final Limits defaults;
  private final List<Rule> rules;

  private record Fitting(Rule rule, int fit, int place) {}

  Shaping(Limits defaults, List<Rule> rules) {
    this.defaults = defaults;
    this.rules = List.copyOf(rules);
  }

  /// Reads section `shaping`.
  ///
  /// @param standing what holds where it says nothing
  public static Shaping read(Settings in, Limits standing) {
    return new Shaping(
        Overrides.read(in, "shaping").over(standing), in.sections("rules", Rule::read));
  }

  /// Where a message to `domain` is counted.
  public Share share(Domain domain, Route route) {
    var hosts = hosts(route);
    var fitting = fitting(domain, hosts);
    var limits = defaults;
    for (var one : fitting) limits = one.rule().overrides().over(limits);
    var name = Site.of(domain, route).name() + setApart(fitting);
    return new Share(SiteName.of(name).text(), limits);
  }

  private List<Fitting> fitting(Domain domain, List<Domain> hosts) {
    var fitting = new ArrayList<Fitting>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var fit = rule.target().fit(domain, hosts);
      if (fit.isPresent()) fitting.add(new Fitting(rule, fit.getAsInt(), i));
    }
    fitting.sort(LEAST_SPECIFIC_FIRST);
    return fitting;
  }

  /// Whoever gives a domain limits of its own does not mean its neighbours.
  private static String setApart(List<Fitting> fitting) {
    if (fitting.isEmpty()) return "";
    var target = fitting.getLast().rule().target();
    return target.kind() == Target.Kind.DOMAIN ? SiteName.APART + target : "";
  }

  static List<Domain> hosts(Route route) {
    return route instanceof Route.Hosts hosts
        ? hosts.mostPreferredFirst().stream().map(RouteHost::name).toList()
        : List.of();
  }
}
