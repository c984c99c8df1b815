package io.posthouse.delivery.security;

import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.security.HostPolicy.Allowed;
import java.util.Optional;
import java.util.Set;

/// What a sender that requires TLS makes of a policy (RFC 8689 §4.2.1): the host must prove that it
/// is the one the domain has named, and that it was the domain who named it must be sure too. Pure.
public final class RequiredTls {
  private RequiredTls() {}

  /// What the host must give us then; empty where nothing it could give would prove it.
  public static Optional<HostPolicy> of(HostPolicy policy, Route.Hosts hosts, RouteHost host) {
    return switch (policy) {
      case HostPolicy.Forbidden _ -> Optional.of(policy);
      case Allowed(Security.Dane _, _) -> Optional.of(policy);
      case Allowed(Security.Verified(var names), var source) ->
          Optional.of(policy).filter(_ -> isNamed(hosts, host) || isNamedBy(source, names, host));
      case Allowed(Security.Clear _, _),
          Allowed(Security.Opportunistic _, _),
          Allowed(Security.Testing _, _),
          Allowed(Security.Encrypted _, _) ->
          isNamed(hosts, host) ? Optional.of(byItsName(host)) : Optional.empty();
    };
  }

  private static HostPolicy byItsName(RouteHost host) {
    return new Allowed(new Security.Verified(Set.of(host.name().name())), PolicySource.REQUIRETLS);
  }

  /// MTA-STS names hosts itself (RFC 8461 §4.1), and an operator may.
  private static boolean isNamedBy(PolicySource source, Set<String> names, RouteHost host) {
    return source == PolicySource.MTA_STS || !names.equals(Set.of(host.name().name()));
  }

  /// Whether the domain, or the operator, has surely named it. Only MX records can be forged: where
  /// there are none the host is what the recipient's address says.
  private static boolean isNamed(Route.Hosts hosts, RouteHost host) {
    return switch (host.reason()) {
      case ROUTE_TABLE, IMPLICIT_MX, LITERAL -> true;
      case MX -> hosts.authentic();
    };
  }
}
