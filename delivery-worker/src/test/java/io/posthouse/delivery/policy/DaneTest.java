package io.posthouse.delivery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.security.Security;
import io.posthouse.dns.InMemoryDns;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.smtp.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaneTest {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final Domain MX = new Domain("mx.example.org");
  private static final Tlsa USABLE = tlsa(3, 1, 1, 32);

  private final InMemoryDns dns =
      new InMemoryDns().address("mx.example.org", "192.0.2.1").signed("mx.example.org");
  private final List<String> notes = new ArrayList<>();
  private final Dane dane = new Dane(dns, (kind, finding) -> notes.add(kind + " " + finding));

  @Test
  void records_that_are_proved_stand_for_the_certificate_of_the_host() {
    certificate("mx.example.org", USABLE);
    assertEquals(allowed(new Security.Dane(List.of(USABLE), MX, Set.of(MX, EXAMPLE))), ask(true));
    assertEquals(List.of("dane ENFORCED"), notes);
  }

  @Test
  void a_host_that_mx_records_name_which_nobody_proves_has_none() {
    certificate("mx.example.org", USABLE);
    assertEquals(Optional.empty(), ask(false));
    assertEquals(List.of("dane INSECURE"), notes);
  }

  @Test
  void in_a_zone_that_is_not_signed_no_certificate_is_asked_for() {
    var unsigned = new InMemoryDns().address("mx.example.org", "192.0.2.1");
    unsigned.unanswered("_25._tcp.mx.example.org");
    var asked = new Dane(unsigned, (_, finding) -> notes.add(finding.name()));
    assertEquals(Optional.empty(), asked.of(EXAMPLE, hosts(true), mx()));
    assertEquals(List.of("INSECURE"), notes);
  }

  @Test
  void an_address_that_the_operator_routes_to_is_not_looked_up() {
    dns.unanswered("[192.0.2.1]");
    var relay = new RouteHost(new Domain("[192.0.2.1]"), 25, Reason.ROUTE_TABLE);
    assertEquals(Optional.empty(), dane.of(EXAMPLE, new Route.Hosts(List.of(relay)), relay));
    assertEquals(List.of("dane NONE"), notes);
  }

  @Test
  void a_domain_without_mx_records_is_its_own_host() {
    dns.address("example.net", "192.0.2.2").signed("example.net");
    certificate("example.net", USABLE);
    var host = new RouteHost(EXAMPLE, 25, Reason.IMPLICIT_MX);
    var security = new Security.Dane(List.of(USABLE), EXAMPLE, Set.of(EXAMPLE));
    assertEquals(allowed(security), dane.of(EXAMPLE, new Route.Hosts(List.of(host)), host));
  }

  @Test
  void a_host_of_the_route_table_needs_no_proof_of_its_name() {
    certificate("mx.example.org", USABLE);
    var host = new RouteHost(MX, 25, Reason.ROUTE_TABLE);
    var security = new Security.Dane(List.of(USABLE), MX, Set.of(MX));
    assertEquals(allowed(security), dane.of(EXAMPLE, new Route.Hosts(List.of(host)), host));
  }

  @Test
  void an_address_has_no_zone() {
    var host = new RouteHost(new Domain("[192.0.2.1]"), 25, Reason.LITERAL);
    assertEquals(Optional.empty(), dane.of(EXAMPLE, new Route.Hosts(List.of(host)), host));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 32, false", "1, 1, 1, 32, false", "2, 0, 0, 700, true", "2, 1, 2, 64, true",
    "3, 0, 1, 32, true", "3, 1, 1, 31, false", "3, 1, 2, 32, false", "3, 2, 1, 32, false",
    "3, 1, 3, 32, false", "3, 1, 0, 0, false", "4, 1, 1, 32, false", "255, 255, 255, 32, false"
  })
  void a_record_that_cannot_be_used_says_only_that_there_is_tls(
      int usage, int selector, int matching, int length, boolean usable) {
    var record = tlsa(usage, selector, matching, length);
    certificate("mx.example.org", record);
    var expected =
        usable
            ? new Security.Dane(List.of(record), MX, Set.of(MX, EXAMPLE))
            : new Security.Encrypted();
    assertEquals(allowed(expected), ask(true));
  }

  @Test
  void records_that_cannot_be_used_do_no_harm_to_those_that_can() {
    certificate("mx.example.org", tlsa(1, 1, 1, 32)).tlsa("mx.example.org", 25, USABLE);
    assertEquals(allowed(new Security.Dane(List.of(USABLE), MX, Set.of(MX, EXAMPLE))), ask(true));
  }

  @Test
  void records_that_nothing_proves_are_none() {
    dns.tlsa("mx.example.org", 25, USABLE);
    assertEquals(Optional.empty(), ask(true));
    assertEquals(List.of("dane NONE"), notes);
  }

  @Test
  void a_host_of_which_nobody_can_say_whether_it_has_records_is_not_for_now() {
    dns.unanswered("_25._tcp.mx.example.org");
    var policy = assertInstanceOf(HostPolicy.Forbidden.class, ask(true).orElseThrow());
    assertEquals(
        "its TLSA records are not known for now: _25._tcp.mx.example.org: SERVFAIL", policy.why());
    assertEquals(List.of("dane UNANSWERED"), notes);
  }

  @Test
  void one_family_that_cannot_be_asked_for_hides_nothing_of_the_other() {
    dns.unanswered("mx.example.org", Family.IPV6);
    certificate("mx.example.org", USABLE);
    assertInstanceOf(HostPolicy.Allowed.class, ask(true).orElseThrow());
  }

  @Test
  void addresses_that_nobody_can_tell_say_nothing_about_the_zone() {
    dns.unanswered("mx.example.org");
    assertInstanceOf(HostPolicy.Forbidden.class, ask(true).orElseThrow());
  }

  @Test
  void the_end_of_a_proved_alias_comes_before_the_alias() {
    dns.alias("mx.example.org", "host.example.com");
    dns.address("host.example.com", "192.0.2.3").signed("host.example.com");
    certificate("mx.example.org", tlsa(3, 1, 1, 32));
    assertEquals(MX, base(ask(true)));
    certificate("host.example.com", USABLE);
    var host = new Domain("host.example.com");
    assertEquals(
        allowed(new Security.Dane(List.of(USABLE), host, Set.of(host, MX, EXAMPLE))), ask(true));
  }

  @Test
  void an_alias_into_a_zone_that_is_not_signed_proves_nothing() {
    dns.alias("mx.example.org", "host.example.com").address("host.example.com", "192.0.2.3");
    certificate("mx.example.org", USABLE);
    assertEquals(Optional.empty(), ask(true));
    assertEquals(List.of("dane INSECURE"), notes);
  }

  private InMemoryDns certificate(String host, Tlsa record) {
    return dns.tlsa(host, 25, record).signed("_25._tcp." + host);
  }

  private Optional<HostPolicy> ask(boolean authentic) {
    return dane.of(EXAMPLE, hosts(authentic), mx());
  }

  private static Domain base(Optional<HostPolicy> policy) {
    var allowed = assertInstanceOf(HostPolicy.Allowed.class, policy.orElseThrow());
    return assertInstanceOf(Security.Dane.class, allowed.security()).base();
  }

  private static Optional<HostPolicy> allowed(Security security) {
    return Optional.of(new HostPolicy.Allowed(security, PolicySource.DANE));
  }

  private static Route.Hosts hosts(boolean authentic) {
    return new Route.Hosts(List.of(mx()), authentic, Optional.of(EXAMPLE));
  }

  private static RouteHost mx() {
    return new RouteHost(MX, 25, Reason.MX);
  }

  private static Tlsa tlsa(int usage, int selector, int matching, int length) {
    return new Tlsa(usage, selector, matching, Octets.of(new byte[length]));
  }
}
