package io.posthouse.delivery.policy;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.security.Security;
import io.posthouse.delivery.sts.StsPolicies;
import io.posthouse.delivery.sts.StsPolicies.Standing;
import io.posthouse.delivery.sts.StsPolicy;
import java.util.Optional;
import java.util.Set;

/// MTA-STS (RFC 8461): what a domain says about the hosts that its MX records name.
public final class MtaSts {
  private final StsPolicies policies;
  private final PolicyNotes notes;

  public MtaSts(StsPolicies policies, PolicyNotes notes) {
    this.policies = policies;
    this.notes = notes;
  }

  /// What the policy of `domain` makes of a host; empty where there is none.
  public Optional<HostPolicy> of(Domain domain, RouteHost host) {
    return switch (host.reason()) {
      case MX, IMPLICIT_MX -> published(domain, host);
      // The operator names these hosts, or the sender does; the domain has no say.
      case ROUTE_TABLE, LITERAL -> Optional.empty();
    };
  }

  private Optional<HostPolicy> published(Domain domain, RouteHost host) {
    return switch (policies.of(domain)) {
      case Standing.Policy(var policy) -> judged(policy, domain, host);
      case Standing.None() -> found(Finding.NONE, Optional.empty());
      case Standing.Unknown(var why) -> found(Finding.UNANSWERED, forbidden(why));
    };
  }

  private Optional<HostPolicy> judged(StsPolicy policy, Domain domain, RouteHost host) {
    var named = policy.names(host.name());
    // A certificate for the host's own name, not for the pattern (RFC 8461 §4.1).
    var names = Set.of(host.name().name());
    return switch (policy.mode()) {
      case ENFORCE ->
          named
              ? found(Finding.ENFORCED, allowed(new Security.Verified(names)))
              : found(
                  Finding.NOT_NAMED,
                  forbidden("the policy of " + domain + " does not name " + host.name()));
      case TESTING ->
          found(
              named ? Finding.TESTED : Finding.TESTED_NOT_NAMED,
              allowed(new Security.Testing(names)));
      case NONE -> found(Finding.NONE, Optional.empty());
    };
  }

  private Optional<HostPolicy> found(Finding finding, Optional<HostPolicy> policy) {
    notes.found(PolicySource.MTA_STS, finding);
    return policy;
  }

  private static Optional<HostPolicy> allowed(Security security) {
    return Optional.of(new HostPolicy.Allowed(security, PolicySource.MTA_STS));
  }

  private static Optional<HostPolicy> forbidden(String why) {
    return Optional.of(new HostPolicy.Forbidden(why, PolicySource.MTA_STS));
  }
}
