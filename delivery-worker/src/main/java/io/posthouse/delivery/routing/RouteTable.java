package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operator's routes: a domain, `*.` and a domain for those below it, or `*` for all; each with
/// the hosts to try in order. The most specific pattern counts.
public final class RouteTable {
  /// No routes: everything goes by MX.
  public static final RouteTable EMPTY = new RouteTable(Map.of());

  private static final String ALL = "*";

  private final Map<String, List<RouteHost>> routes;

  /// @param routes by pattern, in lower case
  public RouteTable(Map<String, List<RouteHost>> routes) {
    var copy = new LinkedHashMap<String, List<RouteHost>>();
    routes.forEach((pattern, hosts) -> copy.put(valid(pattern), nonEmpty(pattern, hosts)));
    this.routes = copy;
  }

  /// The pattern that counts for a domain.
  public Optional<String> pattern(Domain domain) {
    if (routes.containsKey(domain.name())) return Optional.of(domain.name());
    var name = domain.name();
    for (var dot = name.indexOf('.');
        dot >= 0 && !domain.isLiteral();
        dot = name.indexOf('.', dot + 1)) {
      var pattern = ALL + name.substring(dot);
      if (routes.containsKey(pattern)) return Optional.of(pattern);
    }
    return routes.containsKey(ALL) ? Optional.of(ALL) : Optional.empty();
  }

  /// The hosts for a domain; empty where nothing is said about it.
  public Optional<List<RouteHost>> hosts(Domain domain) {
    return pattern(domain).map(routes::get);
  }

  private static String valid(String pattern) {
    if (pattern.equals(ALL)) return pattern;
    var domain = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
    var name = new Domain(domain).name();
    return pattern.startsWith("*.") ? "*." + name : name;
  }

  private static List<RouteHost> nonEmpty(String pattern, List<RouteHost> hosts) {
    if (hosts.isEmpty())
      throw new IllegalArgumentException(
          "route " + pattern + ": no hosts (expected: at least one)");
    return List.copyOf(hosts);
  }
}
