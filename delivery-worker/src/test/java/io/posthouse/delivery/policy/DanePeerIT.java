package io.posthouse.delivery.policy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.Security;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Mx;
import io.posthouse.dns.Proofs;
import io.posthouse.dnsjava.DnsjavaDns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signatures by BIND's tools, served by nsd and passed on by unbound: checked by us, and believed
/// of unbound.
class DanePeerIT {
  enum Checked {
    BY_US,
    BY_UNBOUND
  }

  @TempDir static Path folder;
  private static Optional<SignedZone> zone = Optional.empty();

  private final List<Finding> findings = new ArrayList<>();

  @BeforeAll
  static void serve() {
    zone = Optional.of(SignedZone.in(folder));
    var dns = dns(new Proofs.None());
    var good = new Domain("good.test");
    await().atMost(Duration.ofSeconds(30)).until(() -> dns.mx(good) instanceof Answer.Found<Mx>);
  }

  @AfterAll
  static void stop() {
    zone.ifPresent(SignedZone::close);
  }

  @ParameterizedTest
  @EnumSource
  void a_record_that_is_proved_is_used(Checked by) {
    var policy = assertInstanceOf(HostPolicy.Allowed.class, ask(by, "good.test").orElseThrow());
    var dane = assertInstanceOf(Security.Dane.class, policy.security());
    assertEquals(1, dane.records().size());
    assertEquals(Set.of(new Domain("mx.good.test"), new Domain("good.test")), dane.names());
  }

  @ParameterizedTest
  @EnumSource
  void an_alias_that_is_proved_leads_to_the_record_at_its_end(Checked by) {
    var policy = assertInstanceOf(HostPolicy.Allowed.class, ask(by, "aliased.test").orElseThrow());
    var dane = assertInstanceOf(Security.Dane.class, policy.security());
    assertEquals(new Domain("mx.good.test"), dane.base());
  }

  @ParameterizedTest
  @EnumSource
  void a_host_that_provably_has_none_is_talked_to_as_others_are(Checked by) {
    assertEquals(Optional.empty(), ask(by, "plain.test"));
    assertEquals(List.of(Finding.NONE), findings);
  }

  @ParameterizedTest
  @EnumSource
  void a_record_with_a_wrong_signature_keeps_mail_from_its_host(Checked by) {
    assertInstanceOf(HostPolicy.Forbidden.class, ask(by, "bogus.test").orElseThrow());
    assertEquals(List.of(Finding.UNANSWERED), findings);
  }

  @ParameterizedTest
  @EnumSource
  void mx_records_with_a_wrong_signature_are_no_answer(Checked by) {
    assertInstanceOf(Answer.Unanswered.class, dns(proofs(by)).mx(new Domain("lost.test")));
  }

  @ParameterizedTest
  @EnumSource
  void a_zone_that_provably_is_not_signed_has_no_dane(Checked by) {
    assertEquals(Optional.empty(), ask(by, "unsigned.test"));
    assertEquals(List.of(Finding.INSECURE), findings);
  }

  @ParameterizedTest
  @EnumSource
  void an_alias_out_of_the_signed_zone_has_no_dane(Checked by) {
    assertEquals(Optional.empty(), ask(by, "leaves.test"));
    assertEquals(List.of(Finding.INSECURE), findings);
  }

  @Test
  void we_say_why_a_signature_is_wrong() {
    var answer = dns(proofs(Checked.BY_US)).mx(new Domain("lost.test"));
    var why = assertInstanceOf(Answer.Unanswered.class, answer).why();
    assertTrue(why.startsWith("MX of lost.test: SERVFAIL: bogus: "), why);
  }

  @Test
  void nothing_is_proved_where_nobody_checks() {
    var answer = dns(new Proofs.None()).mx(new Domain("good.test"));
    assertFalse(((Answer.Found<Mx>) answer).authentic());
  }

  private Optional<HostPolicy> ask(Checked by, String domain) {
    var dns = dns(proofs(by));
    var of = new Domain(domain);
    var mx = assertInstanceOf(Answer.Found.class, dns.mx(of));
    var record = (Mx) mx.records().getFirst();
    var name = assertInstanceOf(Mx.Exchange.Host.class, record.exchange()).name();
    var host = new RouteHost(name, 25, Reason.MX);
    return new Dane(dns, (_, finding) -> findings.add(finding))
        .of(of, new Route.Hosts(List.of(host), mx.authentic(), Optional.of(of)), host);
  }

  private static Proofs proofs(Checked by) {
    return switch (by) {
      case BY_US -> new Proofs.Validation(List.of(zone.orElseThrow().anchor()));
      case BY_UNBOUND -> new Proofs.TrustedResolvers();
    };
  }

  private static DnsjavaDns dns(Proofs proofs) {
    return new DnsjavaDns(List.of(zone.orElseThrow().resolver()), Duration.ofSeconds(10), proofs);
  }
}
