package io.posthouse.delivery.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.security.Security;
import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestAuthority.Span;
import io.posthouse.pki.TestIdentity;
import io.posthouse.telemetry.TlsFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateCheckTest {
  private static final TestAuthority ROOT = TestAuthority.named("Test Root");
  private static final Authorities TRUSTED = Authorities.of(List.of(ROOT.certificate()));

  @ParameterizedTest
  @CsvSource({
    "mx.example.net, mx.example.net, true",
    "MX.Example.NET, mx.example.net, true",
    "*.example.net, mx.example.net, true",
    "*.example.net, example.net, false",
    "*.example.net, a.mx.example.net, false",
    "*.net, example.net, false",
    "m*.example.net, mx.example.net, false",
    "mx.example.net, *.example.net, true",
    "*.example.net, *.example.net, true",
    "a.mx.example.net, *.example.net, false",
    "mx.example.com, mx.example.net, false",
    "192.0.2.1, [192.0.2.1], true",
    "192.0.2.2, [192.0.2.1], false",
    "2001:db8::1, [IPv6:2001:db8:0:0::1], true",
  })
  void a_certificate_is_for_the_names_in_it(String certified, String wanted, boolean matches) {
    var failure = check(ROOT.issue(certified), wanted);
    assertEquals(matches ? List.of() : List.of(TlsFailure.CERTIFICATE_HOST_MISMATCH), failure);
  }

  @Test
  void one_name_of_many_will_do() {
    var host = ROOT.issue("a.example.net", "mx.example.net", "192.0.2.1");
    assertEquals(List.of(), check(host, "mx.example.net", "b.example.net"));
  }

  @Test
  void a_common_name_alone_is_no_name() {
    assertEquals(
        List.of(TlsFailure.CERTIFICATE_HOST_MISMATCH),
        check(ROOT.issueByCommonName("mx.example.net"), "mx.example.net"));
  }

  @Test
  void authorities_between_may_come_in_any_order() {
    var host = ROOT.below("One").below("Two").issue("mx.example.net");
    var shuffled = new ArrayList<X509Certificate>();
    shuffled.add(host.certificate());
    shuffled.addAll(host.chain().subList(1, 4).reversed());
    assertEquals(List.of(), check(new TestIdentity(host.key(), shuffled), "mx.example.net"));
  }

  @Test
  void who_has_no_authority_above_it_is_not_trusted() {
    var incomplete = ROOT.below("One").issue("mx.example.net");
    var alone = new TestIdentity(incomplete.key(), List.of(incomplete.certificate()));
    for (var host :
        List.of(
            alone,
            TestAuthority.named("Test Root").issue("mx.example.net"),
            ROOT.issueFor("1.3.6.1.5.5.7.3.4", "mx.example.net")))
      assertEquals(List.of(TlsFailure.CERTIFICATE_NOT_TRUSTED), check(host, "mx.example.net"));
  }

  @Test
  void dates_are_told_apart_from_other_trouble() {
    var expired = ROOT.issue(Span.PAST, "mx.example.net");
    assertEquals(List.of(TlsFailure.CERTIFICATE_EXPIRED), check(expired, "mx.example.net"));
  }

  @Test
  void authorities_come_from_a_file(@TempDir Path folder) throws Exception {
    var pem = ROOT.write(folder.resolve("root.pem"));
    assertEquals(1, Authorities.in(pem).anchors().size());
    var empty = Files.createFile(folder.resolve("empty.pem"));
    assertThrows(IOException.class, () -> Authorities.in(empty));
    Files.writeString(empty, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
    assertThrows(IOException.class, () -> Authorities.in(empty));
  }

  @Test
  void the_jdk_has_authorities() {
    assertTrue(Authorities.ofTheJdk().anchors().size() > 10);
  }

  private static List<TlsFailure> check(TestIdentity host, String... names) {
    var check = new CertificateCheck(TRUSTED, InstantSource.system());
    return switch (check.of(new Security.Verified(Set.of(names)), host.chain())) {
      case Checked.Good _ -> List.of();
      case Checked.Bad(var shortfall) -> List.of(shortfall.type());
    };
  }
}
