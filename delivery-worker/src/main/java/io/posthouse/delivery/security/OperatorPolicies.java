package io.posthouse.delivery.security;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.TlsLevel;
import java.util.Optional;

/// Whose word counts about a host: that of the operator's route, then that of the operator's rules
/// for the destination, then what the world publishes, DANE before MTA-STS, and then the default.
public final class OperatorPolicies implements TlsPolicies {
  private final TlsRules rules;
  private final TlsPolicies published;

  public OperatorPolicies(TlsRules rules, TlsPolicies published) {
    this.rules = rules;
    this.published = published;
  }

  @Override
  public HostPolicy of(Domain domain, Route.Hosts hosts, RouteHost host) {
    var rule = ofOperator(domain, host).orElseGet(() -> new TlsRule(TlsLevel.POLICY));
    // Nobody is asked whose word would not count.
    var said =
        needsPublished(rule)
            ? published.of(domain, hosts, host)
            : new HostPolicy.Allowed(new Security.Opportunistic(), PolicySource.DEFAULT);
    var name = host.name().name();
    return rule.about(name, PolicySource.SETTINGS, said).orElseGet(() -> orDefault(name, said));
  }

  private Optional<TlsRule> ofOperator(Domain domain, RouteHost host) {
    return host.manner().tls() == TlsLevel.POLICY
        ? rules.about(domain)
        : Optional.of(new TlsRule(host.manner().tls()));
  }

  private static boolean needsPublished(TlsRule rule) {
    return switch (rule.level()) {
      case POLICY, DANE_ONLY -> true;
      case CLEAR, OPPORTUNISTIC, ENCRYPTED, VERIFIED -> false;
    };
  }

  private HostPolicy orDefault(String host, HostPolicy said) {
    return said.source() == PolicySource.DEFAULT
        ? rules.byDefault().about(host, PolicySource.DEFAULT, said).orElse(said)
        : said;
  }
}
