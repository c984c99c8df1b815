package io.posthouse.delivery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.security.Security;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishedPoliciesTest {
  private static final Domain MX = new Domain("mx.example.net");

  @Test
  void an_operator_reads_what_stands_about_a_host() {
    assertEquals("TLS where it is offered (default)", shown(new Security.Opportunistic()));
    assertEquals("TLS with any certificate (default)", shown(new Security.Encrypted()));
    assertEquals(
        "TLS with a certificate for a.example, b.example (default)",
        shown(new Security.Verified(Set.of("b.example", "a.example"))));
    var tlsa = new Tlsa(3, 1, 1, Octets.of(new byte[32]));
    assertEquals(
        "TLS with a certificate that one of 1 TLSA of mx.example.net matches (default)",
        shown(new Security.Dane(List.of(tlsa), MX, Set.of(MX))));
    assertEquals(
        "not now: nobody knows (dane)",
        new HostPolicy.Forbidden("nobody knows", PolicySource.DANE).toString());
  }

  private static String shown(Security security) {
    return new HostPolicy.Allowed(security, PolicySource.DEFAULT).toString();
  }
}
