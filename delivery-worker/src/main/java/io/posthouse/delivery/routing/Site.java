package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.message.SiteName;
import java.util.stream.Collectors;

/// Whom we are a guest of: all domains with the same MX hosts are one site and share its limits.
///
/// @param name the hosts, in the order of their names; a domain where there are none
public record Site(String name) {
  /// The site that a route to `domain` leads to.
  public static Site of(Domain domain, Route route) {
    return new Site(
        route instanceof Route.Hosts(var hosts, _, _)
            ? hosts.stream()
                .map(RouteHost::toString)
                .distinct()
                .sorted()
                .collect(Collectors.joining(SiteName.BETWEEN))
            : domain.name());
  }
}
