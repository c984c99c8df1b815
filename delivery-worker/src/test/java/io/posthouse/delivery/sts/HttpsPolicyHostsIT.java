package io.posthouse.delivery.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.delivery.sts.PolicyHosts.Fetched;
import io.posthouse.dns.InMemoryDns;
import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestAuthority.Span;
import io.posthouse.pki.TestIdentity;
import io.posthouse.telemetry.TlsFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpsPolicyHostsIT {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final String POLICY = "version: STSv1\nmode: none\nmax_age: 1\n";

  private final TestAuthority authority = TestAuthority.named("Test CA");
  private final PolicyServer server =
      PolicyServer.start(authority.issue("mta-sts.example.net")).answer("text/plain", POLICY);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_policy_is_fetched_from_the_host_of_its_domain() {
    assertEquals(new Fetched.Text(POLICY), fetch(server));
    assertEquals(
        "mta-sts.example.net:" + server.port() + " /.well-known/mta-sts.txt", server.asked());
  }

  @Test
  void a_policy_may_come_in_chunks() {
    server.answerInChunks("text/plain; charset=utf-8", POLICY);
    assertEquals(new Fetched.Text(POLICY), fetch(server));
  }

  @ParameterizedTest
  @CsvSource({
    "301, text/plain, mta-sts.example.net says 301",
    "404, text/plain, mta-sts.example.net says 404",
    "200, text/html, mta-sts.example.net gives text/html (expected: text/plain)",
    "200, , mta-sts.example.net gives none (expected: text/plain)"
  })
  void what_is_no_text_at_that_very_place_is_none(int status, String type, String why) {
    server.answer(status, type, POLICY);
    assertEquals(new Fetched.Failure(TlsFailure.STS_POLICY_FETCH_ERROR, why), fetch(server));
  }

  @Test
  void a_text_that_is_too_long_is_none() {
    server.answer("text/plain", "x".repeat(64 * 1024 + 1));
    assertTrue(why(fetch(server)).endsWith(": longer than 65536 octets"), why(fetch(server)));
    server.answerInChunks("text/plain", "x".repeat(64 * 1024 + 1));
    assertTrue(why(fetch(server)).endsWith(": longer than 65536 octets"), why(fetch(server)));
    server.answer("text/plain", "x".repeat(64 * 1024));
    assertInstanceOf(Fetched.Text.class, fetch(server));
  }

  @Test
  void a_certificate_for_another_name_is_no_good() {
    assertNotTrusted(authority.issue("www.example.net"));
  }

  @Test
  void a_certificate_for_the_address_is_no_good() {
    assertNotTrusted(authority.issue("127.0.0.1"));
  }

  @Test
  void a_certificate_that_is_over_is_no_good() {
    assertNotTrusted(authority.issue(Span.PAST, "mta-sts.example.net"));
  }

  @Test
  void a_certificate_of_an_authority_that_we_do_not_know_is_no_good() {
    assertNotTrusted(TestAuthority.named("Other CA").issue("mta-sts.example.net"));
  }

  @Test
  void a_host_without_an_address_or_behind_a_dead_port_has_none() throws IOException {
    var nowhere = new HttpsPolicyHosts(new InMemoryDns(), trust(), 443, Duration.ofSeconds(5));
    assertEquals("mta-sts.example.net has no address", why(nowhere.fetch(EXAMPLE)));
    assertTrue(
        why(hosts(deadPort(), Duration.ofSeconds(5)).fetch(EXAMPLE))
            .startsWith("mta-sts.example.net (127.0.0.1): "));
  }

  @Test
  void a_host_that_says_nothing_is_left_in_time() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      var fetched = hosts(silent.getLocalPort(), Duration.ofMillis(300)).fetch(EXAMPLE);
      assertEquals("mta-sts.example.net (127.0.0.1): no answer in 300 ms", why(fetched));
    }
  }

  private void assertNotTrusted(TestIdentity identity) {
    try (var other = PolicyServer.start(identity).answer("text/plain", POLICY)) {
      var failure = assertInstanceOf(Fetched.Failure.class, fetch(other));
      assertEquals(TlsFailure.STS_WEBPKI_INVALID, failure.type(), failure.why());
    }
  }

  private Fetched fetch(PolicyServer from) {
    return hosts(from.port(), Duration.ofSeconds(20)).fetch(EXAMPLE);
  }

  private HttpsPolicyHosts hosts(int port, Duration patience) {
    var dns = new InMemoryDns().address("mta-sts.example.net", "127.0.0.1");
    return new HttpsPolicyHosts(dns, trust(), port, patience);
  }

  private javax.net.ssl.SSLSocketFactory trust() {
    return Trust.in(Set.of(new TrustAnchor(authority.certificate(), null)));
  }

  private static String why(Fetched fetched) {
    return assertInstanceOf(Fetched.Failure.class, fetched).why();
  }

  private static int deadPort() throws IOException {
    try (var gone = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      return gone.getLocalPort();
    }
  }
}
