package io.posthouse.delivery.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.delivery.security.Security;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestAuthority.Span;
import io.posthouse.pki.TestIdentity;
import io.posthouse.telemetry.TlsState;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DaneCheckTest {
  private static final Domain MX = new Domain("mx.example.net");
  private static final TestAuthority ROOT = TestAuthority.named("Test Root");
  private static final TestAuthority MIDDLE = ROOT.below("Test Middle");
  private static final TestIdentity HOST = MIDDLE.issue("mx.example.net");

  @Test
  void a_record_for_the_hosts_own_certificate_asks_for_neither_name_nor_date() throws Exception {
    for (var host : List.of(HOST, ROOT.issue("elsewhere.example"), ROOT.issue(Span.PAST, "x")))
      for (var selector : List.of(0, 1))
        for (var matching : List.of(0, 1, 2))
          assertEquals("dane", check(host, tlsa(3, selector, matching, host.certificate())));
  }

  @Test
  void a_record_for_an_authority_in_the_chain_asks_for_both() throws Exception {
    for (var authority : List.of(ROOT.certificate(), MIDDLE.certificate()))
      for (var selector : List.of(0, 1))
        for (var matching : List.of(0, 1, 2))
          assertEquals("dane", check(HOST, tlsa(2, selector, matching, authority)));
    var root = tlsa(2, 1, 1, ROOT.certificate());
    assertEquals("certificate-host-mismatch", check(ROOT.issue("elsewhere.example"), root));
    assertEquals("certificate-expired", check(ROOT.issue(Span.PAST, "mx.example.net"), root));
  }

  @Test
  void an_authority_that_the_host_does_not_send_counts_where_the_record_has_it_in_full()
      throws Exception {
    var alone = new TestIdentity(HOST.key(), List.of(HOST.certificate()));
    assertEquals("dane", check(alone, tlsa(2, 0, 0, MIDDLE.certificate())));
    assertEquals("dane", check(alone, tlsa(2, 1, 0, MIDDLE.certificate())));
    assertEquals("validation-failure", check(alone, tlsa(2, 0, 1, MIDDLE.certificate())));
    assertEquals("certificate-not-trusted", check(alone, tlsa(2, 0, 0, stranger())));
    assertEquals("certificate-not-trusted", check(alone, tlsa(2, 1, 0, stranger())));
  }

  @Test
  void a_stranger_who_sends_the_right_authority_is_not_below_it() throws Exception {
    var thief = TestAuthority.named("Test Root").issue("mx.example.net");
    var chain = List.of(thief.certificate(), ROOT.certificate());
    assertEquals(
        "certificate-not-trusted",
        check(new TestIdentity(thief.key(), chain), tlsa(2, 0, 1, ROOT.certificate())));
  }

  @Test
  void a_common_name_will_do_where_there_is_no_other() throws Exception {
    var root = tlsa(2, 0, 1, ROOT.certificate());
    assertEquals("dane", check(ROOT.issueByCommonName("mx.example.net"), root));
    assertEquals(
        "certificate-host-mismatch", check(ROOT.issueByCommonName("mx.example.com"), root));
  }

  @Test
  void one_record_that_matches_is_enough() throws Exception {
    var stranger = stranger();
    assertEquals(
        "dane",
        check(HOST, tlsa(3, 1, 1, stranger), tlsa(2, 0, 1, stranger), tlsa(3, 0, 2, own())));
    assertEquals("validation-failure", check(HOST, tlsa(3, 1, 1, stranger)));
  }

  @Test
  void of_several_digests_the_strongest_counts() throws Exception {
    // RFC 7671 §9: a host that forgot to change the stronger one has nothing that matches.
    assertEquals(
        "validation-failure", check(HOST, tlsa(3, 1, 1, own()), tlsa(3, 1, 2, stranger())));
    assertEquals("dane", check(HOST, tlsa(3, 1, 1, stranger()), tlsa(3, 1, 2, own())));
    assertEquals("dane", check(HOST, tlsa(3, 0, 1, own()), tlsa(3, 1, 2, stranger())));
  }

  @Test
  void records_that_nobody_could_use_are_as_good_as_none() throws Exception {
    var cut = new Tlsa(3, 1, 1, Octets.of(new byte[31]));
    var pkix = tlsa(1, 0, 0, own());
    var unknown = new Tlsa(3, 0, 9, Octets.of(new byte[32]));
    assertEquals("tlsa-invalid", check(HOST, cut, pkix, unknown));
    assertEquals("dane", check(HOST, cut, pkix, unknown, tlsa(3, 0, 0, own())));
    assertEquals("validation-failure", check(HOST, new Tlsa(2, 0, 0, Octets.of(new byte[9]))));
    assertEquals("validation-failure", check(HOST, new Tlsa(2, 1, 0, Octets.of(new byte[9]))));
  }

  private static X509Certificate own() {
    return HOST.certificate();
  }

  private static X509Certificate stranger() {
    return TestAuthority.named("Somebody").certificate();
  }

  private static String check(TestIdentity host, Tlsa... records) {
    var dane = new Security.Dane(List.of(records), MX, Set.of(MX));
    return switch (new DaneCheck(dane, Instant.now()).of(host.chain())) {
      case Checked.Good(var state) when state == TlsState.DANE -> "dane";
      case Checked.Good(var state) -> "not " + state;
      case Checked.Bad(var shortfall) -> shortfall.type().toString();
    };
  }

  private static Tlsa tlsa(int usage, int selector, int matching, X509Certificate certificate)
      throws GeneralSecurityException {
    return new Tlsa(usage, selector, matching, association(selector, matching, certificate));
  }

  private static Octets association(int selector, int matching, X509Certificate certificate)
      throws GeneralSecurityException {
    var selected = selected(selector, certificate);
    return Octets.of(
        switch (matching) {
          case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
          case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
          default -> selected;
        });
  }

  private static byte[] selected(int selector, X509Certificate certificate)
      throws CertificateEncodingException {
    return selector == 0 ? certificate.getEncoded() : certificate.getPublicKey().getEncoded();
  }
}
