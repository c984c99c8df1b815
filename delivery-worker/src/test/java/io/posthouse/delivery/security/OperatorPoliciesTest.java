package io.posthouse.delivery.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.pattern.DomainPatterns;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.routing.TlsLevel;
import io.posthouse.delivery.security.HostPolicy.Allowed;
import io.posthouse.delivery.security.HostPolicy.Forbidden;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whose word counts.
class OperatorPoliciesTest {
  private static final Domain MX = new Domain("mx.example.net");
  private static final HostPolicy NOBODY =
      new Allowed(new Security.Opportunistic(), PolicySource.DEFAULT);
  private static final HostPolicy BY_DANE =
      new Allowed(
          new Security.Dane(List.of(new Tlsa(3, 1, 1, Octets.of(new byte[32]))), MX, Set.of(MX)),
          PolicySource.DANE);
  private static final HostPolicy BY_STS =
      new Allowed(new Security.Verified(Set.of("mx.example.net")), PolicySource.MTA_STS);
  private static final HostPolicy NOT_NOW = new Forbidden("SERVFAIL", PolicySource.DANE);
  private static final List<HostPolicy> ALL = List.of(NOBODY, BY_DANE, BY_STS, NOT_NOW);

  @Test
  void what_is_published_counts_where_the_operator_says_nothing() {
    for (var published : ALL) assertEquals(published, policy("example.net", Map.of(), published));
  }

  @Test
  void the_operators_rule_counts_before_what_is_published() {
    for (var published : ALL) {
      assertEquals(bySettings(new Security.Clear()), ruled(TlsLevel.CLEAR, published));
      assertEquals(
          bySettings(new Security.Opportunistic()), ruled(TlsLevel.OPPORTUNISTIC, published));
      assertEquals(bySettings(new Security.Encrypted()), ruled(TlsLevel.ENCRYPTED, published));
      assertEquals(
          bySettings(new Security.Verified(Set.of("mx.example.net"))),
          ruled(TlsLevel.VERIFIED, published));
      assertEquals(published, ruled(TlsLevel.POLICY, published));
    }
  }

  @Test
  void a_rule_may_know_the_names_better_than_the_dns() {
    var rule = new TlsRule(TlsLevel.VERIFIED, Set.of("*.example.org"));
    assertEquals(
        bySettings(new Security.Verified(Set.of("*.example.org"))),
        policy("example.net", Map.of("example.net", rule), NOBODY));
  }

  @Test
  void nothing_but_dane_means_nothing_for_hosts_without() {
    assertEquals(BY_DANE, ruled(TlsLevel.DANE_ONLY, BY_DANE));
    assertEquals(NOT_NOW, ruled(TlsLevel.DANE_ONLY, NOT_NOW));
    var forbidden = new Forbidden("it has no TLSA records that can be used", PolicySource.SETTINGS);
    assertEquals(forbidden, ruled(TlsLevel.DANE_ONLY, BY_STS));
    assertEquals(forbidden, ruled(TlsLevel.DANE_ONLY, NOBODY));
    // Records that nobody could use.
    var unusable = new Allowed(new Security.Encrypted(), PolicySource.DANE);
    assertEquals(forbidden, ruled(TlsLevel.DANE_ONLY, unusable));
  }

  @Test
  void the_most_specific_rule_counts() {
    var rules =
        Map.of(
            "*", new TlsRule(TlsLevel.ENCRYPTED),
            "*.example.net", new TlsRule(TlsLevel.CLEAR),
            "b.example.net", new TlsRule(TlsLevel.POLICY));
    assertEquals(bySettings(new Security.Encrypted()), policy("example.net", rules, BY_DANE));
    assertEquals(bySettings(new Security.Clear()), policy("a.example.net", rules, BY_DANE));
    assertEquals(BY_DANE, policy("b.example.net", rules, BY_DANE));
  }

  @Test
  void the_default_counts_where_nobody_says_anything() {
    var rules = new TlsRules(new TlsRule(TlsLevel.ENCRYPTED), new DomainPatterns<>(Map.of()));
    assertEquals(
        new Allowed(new Security.Encrypted(), PolicySource.DEFAULT),
        policy("example.net", rules, TlsLevel.POLICY, NOBODY));
    for (var published : List.of(BY_DANE, BY_STS, NOT_NOW))
      assertEquals(published, policy("example.net", rules, TlsLevel.POLICY, published));
  }

  @Test
  void a_route_counts_before_a_rule() {
    var rules = rules(Map.of("*", new TlsRule(TlsLevel.CLEAR)));
    for (var published : ALL)
      assertEquals(
          bySettings(new Security.Verified(Set.of("mx.example.net"))),
          policy("example.net", rules, TlsLevel.VERIFIED, published));
  }

  @Test
  void nobody_is_asked_whose_word_would_not_count() {
    TlsPolicies asked =
        (_, _, _) -> {
          throw new AssertionError("asked");
        };
    var policies = new OperatorPolicies(rules(Map.of("*", new TlsRule(TlsLevel.ENCRYPTED))), asked);
    var host = host(TlsLevel.POLICY);
    assertEquals(
        bySettings(new Security.Encrypted()),
        policies.of(new Domain("example.net"), new Route.Hosts(List.of(host)), host));
  }

  private static HostPolicy bySettings(Security security) {
    return new Allowed(security, PolicySource.SETTINGS);
  }

  private static HostPolicy ruled(TlsLevel level, HostPolicy published) {
    return policy("example.net", Map.of("example.net", new TlsRule(level)), published);
  }

  private static HostPolicy policy(
      String domain, Map<String, TlsRule> byDestination, HostPolicy published) {
    return policy(domain, rules(byDestination), TlsLevel.POLICY, published);
  }

  private static HostPolicy policy(
      String domain, TlsRules rules, TlsLevel route, HostPolicy published) {
    var host = host(route);
    return new OperatorPolicies(rules, (_, _, _) -> published)
        .of(new Domain(domain), new Route.Hosts(List.of(host)), host);
  }

  private static TlsRules rules(Map<String, TlsRule> byDestination) {
    return new TlsRules(new TlsRule(TlsLevel.OPPORTUNISTIC), new DomainPatterns<>(byDestination));
  }

  private static RouteHost host(TlsLevel level) {
    var manner = new Manner(Protocol.SMTP, level, Optional.empty(), EgressPool.ANY);
    return new RouteHost(MX, 25, Reason.MX, manner);
  }
}
