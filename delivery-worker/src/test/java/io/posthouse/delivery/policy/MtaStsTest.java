package io.posthouse.delivery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.security.Security;
import io.posthouse.delivery.sts.CachedPolicies;
import io.posthouse.delivery.sts.KnownPolicy;
import io.posthouse.delivery.sts.PolicyHosts.Fetched;
import io.posthouse.delivery.sts.StsPolicies;
import io.posthouse.dns.InMemoryDns;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.telemetry.TlsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MtaStsTest {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final Instant NOW = Instant.parse("2026-03-02T08:14:10Z");
  private static final RouteHost GOOD = mx("mx.example.net");
  private static final RouteHost OTHER = mx("mx.example.org");

  private final InMemoryDns dns = new InMemoryDns();
  private final CachedPolicies memory = new CachedPolicies();
  private final List<String> notes = new ArrayList<>();
  private final MtaSts sts =
      new MtaSts(
          new StsPolicies(
              dns,
              _ -> new Fetched.Failure(TlsFailure.STS_POLICY_FETCH_ERROR, "nobody there"),
              memory,
              (_, _, _) -> {},
              () -> NOW,
              Duration.ofSeconds(1)),
          (kind, finding) -> notes.add(kind + " " + finding));

  @Test
  void a_host_that_the_policy_names_needs_a_certificate_for_its_own_name() {
    publish("enforce");
    assertEquals(allowed(new Security.Verified(Set.of("mx.example.net"))), sts.of(EXAMPLE, GOOD));
    assertEquals(List.of("mta-sts ENFORCED"), notes);
  }

  @Test
  void a_host_that_the_policy_does_not_name_gets_nothing() {
    publish("enforce");
    assertEquals(
        Optional.of(
            new HostPolicy.Forbidden(
                "the policy of example.net does not name mx.example.org", PolicySource.MTA_STS)),
        sts.of(EXAMPLE, OTHER));
    assertEquals(List.of("mta-sts NOT_NAMED"), notes);
  }

  @Test
  void a_policy_that_is_only_tested_keeps_no_mail_back() {
    publish("testing");
    assertEquals(allowed(new Security.Testing(Set.of("mx.example.net"))), sts.of(EXAMPLE, GOOD));
    assertEquals(allowed(new Security.Testing(Set.of("mx.example.org"))), sts.of(EXAMPLE, OTHER));
    assertEquals(List.of("mta-sts TESTED", "mta-sts TESTED_NOT_NAMED"), notes);
  }

  @Test
  void a_policy_may_say_that_there_is_none() {
    publish("none");
    assertEquals(Optional.empty(), sts.of(EXAMPLE, OTHER));
    assertEquals(List.of("mta-sts NONE"), notes);
  }

  @Test
  void a_domain_has_no_say_about_hosts_that_the_operator_names() {
    publish("enforce");
    var relay = new RouteHost(new Domain("relay.example.org"), 25, Reason.ROUTE_TABLE);
    assertEquals(Optional.empty(), sts.of(EXAMPLE, relay));
    assertEquals(List.of(), notes);
  }

  @Test
  void where_both_speak_dane_is_heard() {
    publish("enforce");
    var tlsa = new Tlsa(3, 1, 1, Octets.of(new byte[32]));
    dns.address("mx.example.org", "192.0.2.1").signed("mx.example.org");
    dns.tlsa("mx.example.org", 25, tlsa).signed("_25._tcp.mx.example.org");
    var both = new PublishedPolicies(new Dane(dns, (_, _) -> {}), sts);
    var heard = both.of(EXAMPLE, hosts(true, EXAMPLE), OTHER);
    assertEquals(PolicySource.DANE, heard.source());
    var withoutProof = both.of(EXAMPLE, hosts(false, EXAMPLE), OTHER);
    assertEquals(PolicySource.MTA_STS, withoutProof.source());
    var nobody = both.of(new Domain("example.com"), new Route.Hosts(List.of(OTHER)), OTHER);
    assertEquals(PolicySource.DEFAULT, nobody.source());
  }

  @Test
  void who_has_the_mx_records_has_the_say_where_the_operator_sends_mail_elsewhere() {
    publish("enforce");
    var both = new PublishedPolicies(new Dane(dns, (_, _) -> {}), sts);
    var elsewhere = hosts(false, new Domain("example.org"));
    assertEquals(PolicySource.DEFAULT, both.of(EXAMPLE, elsewhere, OTHER).source());
    var here = both.of(new Domain("example.com"), hosts(false, EXAMPLE), OTHER);
    assertEquals(PolicySource.MTA_STS, here.source());
  }

  private static Route.Hosts hosts(boolean authentic, Domain of) {
    return new Route.Hosts(List.of(OTHER), authentic, Optional.of(of));
  }

  private void publish(String mode) {
    var text = "version: STSv1\nmode: " + mode + "\nmx: *.example.net\nmax_age: 86400\n";
    memory.remember(EXAMPLE, KnownPolicy.of("1", text, NOW));
  }

  private static Optional<HostPolicy> allowed(Security security) {
    return Optional.of(new HostPolicy.Allowed(security, PolicySource.MTA_STS));
  }

  private static RouteHost mx(String name) {
    return new RouteHost(new Domain(name), 25, Reason.MX);
  }
}
