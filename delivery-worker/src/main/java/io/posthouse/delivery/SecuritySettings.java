package io.posthouse.delivery;

import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import io.posthouse.delivery.pattern.DomainPatterns;
import io.posthouse.delivery.routing.TlsLevel;
import io.posthouse.delivery.security.TlsRule;
import io.posthouse.delivery.security.TlsRules;
import io.posthouse.delivery.tls.Authorities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// What hosts must give us: section `delivery.tls:`.
///
/// @param authorities who may say whose a certificate is
/// @param brokenFor how long until TLS is tried again where it came to nothing
public record SecuritySettings(TlsRules rules, Authorities authorities, Duration brokenFor) {
  static SecuritySettings read(Settings in) {
    var byDefault =
        in.about("where nobody says anything about a host")
            .choice("default", TlsLevel.class, TlsLevel.OPPORTUNISTIC);
    if (byDefault == TlsLevel.POLICY)
      in.problem("default", "policy, which is asked first (expected: what to do without one)");
    return new SecuritySettings(
        new TlsRules(new TlsRule(byDefault), patterns(in)),
        in.about("PEM file: who may say whose a certificate is; by default those of the JDK")
            .optionalPath("authorities")
            .map(pem -> authorities(in, pem))
            .orElseGet(Authorities::ofTheJdk),
        in.about("until TLS is tried again with an address where it came to nothing")
            .duration(
                "broken_for", Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofHours(1)));
  }

  private static DomainPatterns<TlsRule> patterns(Settings in) {
    var rules = new HashMap<String, TlsRule>();
    in.map("policies", SecuritySettings::rule)
        .forEach((pattern, rule) -> {
          if (DomainPatterns.isPattern(pattern)) rules.put(pattern, rule);
          else in.problem("policies", pattern + " (expected: a domain, *.DOMAIN or *)");
        });
    return new DomainPatterns<>(rules);
  }

  private static TlsRule rule(Settings in) {
    var level =
        in.about("what the hosts of such a domain must give us")
            .choice("level", TlsLevel.class, TlsLevel.POLICY);
    var names =
        Set.copyOf(
            in.about("of which their certificate must have one; with verified")
                .list(
                    "names",
                    Form.of("a name, or *.NAME", DomainPatterns::canonicalName),
                    List.of()));
    if (names.isEmpty() || level == TlsLevel.VERIFIED) return new TlsRule(level, names);
    in.problem("names", "with another level (expected: verified)");
    return new TlsRule(level);
  }

  private static Authorities authorities(Settings in, Path pem) {
    try {
      return Authorities.in(pem);
    } catch (IOException e) {
      in.problem("authorities", e.getMessage() + " (expected: certificates in PEM)");
      return new Authorities(Set.of());
    }
  }
}
