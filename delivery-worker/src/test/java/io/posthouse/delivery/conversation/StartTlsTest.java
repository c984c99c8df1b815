package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.security.Security;
import io.posthouse.delivery.tls.Authorities;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestAuthority.Span;
import io.posthouse.pki.TestIdentity;
import io.posthouse.telemetry.TlsFailure;
import io.posthouse.telemetry.TlsState;
import io.posthouse.telemetry.TlsUse;
import io.posthouse.telemetry.TlsUse.Shortfall;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said before TLS, instead of it and inside it.
class StartTlsTest {
  private static final TestAuthority AUTHORITY = TestAuthority.named("Test Root");
  private static final TestIdentity MX = AUTHORITY.issue("mx.example.net");
  private static final TlsClient CLIENT =
      new TlsClient(Authorities.of(List.of(AUTHORITY.certificate())), InstantSource.system());

  private static final Security OPPORTUNISTIC = new Security.Opportunistic();
  private static final Security VERIFIED = new Security.Verified(Set.of("mx.example.net"));
  private static final Domain NAME = new Domain("mx.example.net");
  private static final Security DANE =
      new Security.Dane(List.of(new Tlsa(3, 1, 1, Octets.of(new byte[32]))), NAME, Set.of(NAME));

  private static final String OFFERED =
      """
      S: 220 mx.example.net
      C: EHLO us.example.org
      S: 250-mx.example.net
      S: 250-SIZE 5
      S: 250 STARTTLS
      """;
  private static final String AGREED = OFFERED + "C: STARTTLS\nS: 220 go ahead\n";
  private static final String INSIDE =
      AGREED
          + """
          C: (TLS)
          C: EHLO us.example.org
          S: 250-mx.example.net
          S: 250 8BITMIME
          """;
  private static final String NOT_OFFERED =
      """
      S: 220 mx.example.net
      C: EHLO us.example.org
      S: 250 mx.example.net
      """;
  private static final String QUIT = "C: QUIT\nS: 221 bye\n";

  static List<Security> all() {
    return List.of(OPPORTUNISTIC, testing("mx.example.net"), new Security.Encrypted(), VERIFIED);
  }

  static List<Security> mandatory() {
    return List.of(new Security.Encrypted(), VERIFIED, DANE);
  }

  static List<Security> optional() {
    return List.of(OPPORTUNISTIC, testing("mx.example.net"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void what_was_said_in_the_clear_is_forgotten_inside_tls(Security security) {
    var dialogue =
        new Dialogue(
                INSIDE
                    + """
                    C: MAIL FROM:<sender@example.com>
                    S: 550 5.7.1 no
                    """)
            .showing(MX);
    var conversation = open(dialogue, security);
    // SIZE 5 was said in the clear: it would have been too small.
    var report =
        conversation.transfer(
            new Transaction(
                Samples.message(Samples.CAROL), List.of(Samples.CAROL), Octets.EMPTY::input));
    assertEquals(1, report.said().size());
    assertEquals("TLSv1.3:TLS_AES_128_GCM_SHA256", conversation.tls().facts().orElseThrow() + "");
    dialogue.assertPlayed(false);
  }

  @Test
  void who_wants_no_tls_never_asks_for_it() {
    var dialogue = new Dialogue(OFFERED);
    assertEquals(TlsUse.CLEAR, open(dialogue, new Security.Clear()).tls());
    dialogue.assertPlayed(false);
  }

  @ParameterizedTest
  @MethodSource("optional")
  void a_host_that_does_not_offer_tls_is_talked_to_in_the_clear_where_that_will_do(Security s) {
    var dialogue = new Dialogue(NOT_OFFERED);
    var tls = open(dialogue, s).tls();
    assertEquals(TlsState.CLEAR, tls.state());
    assertEquals(TlsFailure.STARTTLS_NOT_SUPPORTED, tls.shortfall().orElseThrow().type());
    dialogue.assertPlayed(false);
  }

  @ParameterizedTest
  @MethodSource("optional")
  void a_host_that_refuses_tls_is_talked_to_in_the_clear_where_that_will_do(Security security) {
    for (var reply : List.of("454 4.7.0 not now", "501 what", "354 go on")) {
      var dialogue = new Dialogue(OFFERED + "C: STARTTLS\nS: " + reply);
      var tls = open(dialogue, security).tls();
      assertEquals(
          Optional.of(
              new Shortfall(
                  TlsFailure.STARTTLS_NOT_SUPPORTED, "STARTTLS was answered with " + reply)),
          tls.shortfall());
      dialogue.assertPlayed(false);
    }
  }

  @ParameterizedTest
  @MethodSource("mandatory")
  void a_host_that_does_not_offer_tls_gets_nothing_where_it_must(Security security) {
    assertEquals(
        TlsFailure.STARTTLS_NOT_SUPPORTED, insecure(new Dialogue(NOT_OFFERED + QUIT), security));
  }

  @ParameterizedTest
  @MethodSource("mandatory")
  void a_host_that_refuses_tls_gets_nothing_where_it_must(Security security) {
    var refused = OFFERED + "C: STARTTLS\nS: 454 4.7.0 not now\n" + QUIT;
    assertEquals(TlsFailure.STARTTLS_NOT_SUPPORTED, insecure(new Dialogue(refused), security));
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_host_that_only_knows_helo_has_no_tls(Security security) {
    var helo =
        """
        S: 220 mx.example.net
        C: EHLO us.example.org
        S: 502 5.5.2 what?
        C: HELO us.example.org
        S: 250 STARTTLS
        """;
    var must = mandatory().contains(security);
    var opening = opening(new Dialogue(must ? helo + QUIT : helo), security);
    assertEquals(must, opening instanceof Opening.Insecure);
    assertEquals(!must, opening instanceof Opening.Open);
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_handshake_that_comes_to_nothing_is_told_with_its_reason(Security security) {
    var dialogue = new Dialogue(AGREED + "C: (TLS: protocol_version)");
    var opening = assertInstanceOf(Opening.Insecure.class, opening(dialogue, security));
    assertEquals(
        new Shortfall(
            TlsFailure.VALIDATION_FAILURE, "protocol_version while shaking hands for TLS"),
        opening.shortfall());
    dialogue.assertPlayed(true);
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_host_that_leaves_right_after_the_handshake_has_broken_tls(Security security) {
    // So it is with TLS 1.3: a server that does not like our handshake says so after we are done.
    var dialogue =
        new Dialogue(AGREED + "C: (TLS)\nC: EHLO us.example.org\nS: (hangs up)").showing(MX);
    assertEquals(TlsFailure.VALIDATION_FAILURE, insecure(dialogue, security));
  }

  @ParameterizedTest
  @MethodSource("all")
  void what_was_slipped_in_behind_the_220_ends_the_connection(Security security) {
    var dialogue =
        new Dialogue(OFFERED + "C: STARTTLS\nS: 220 go ahead<CRLF>250 mx.example.net").showing(MX);
    var opening = assertInstanceOf(Opening.Insecure.class, opening(dialogue, security));
    assertTrue(opening.shortfall().why().contains("more in the clear"), opening.toString());
    dialogue.assertPlayed(true);
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_host_that_refuses_us_inside_tls_refuses_us(Security security) {
    var dialogue =
        new Dialogue(AGREED + "C: (TLS)\nC: EHLO us.example.org\nS: 421 busy\n" + QUIT).showing(MX);
    assertInstanceOf(Opening.Refused.class, opening(dialogue, security));
    dialogue.assertPlayed(true);
  }

  @Test
  void a_certificate_is_looked_at_where_it_matters() {
    var wrongName = AUTHORITY.issue("elsewhere.example");
    var expired = AUTHORITY.issue(Span.PAST, "mx.example.net");
    var unknown = TestAuthority.named("Somebody").issue("mx.example.net");
    assertEquals(TlsFailure.CERTIFICATE_HOST_MISMATCH, insideWith(wrongName));
    assertEquals(TlsFailure.CERTIFICATE_EXPIRED, insideWith(expired));
    assertEquals(TlsFailure.CERTIFICATE_NOT_TRUSTED, insideWith(unknown));
    assertEquals(
        TlsFailure.VALIDATION_FAILURE,
        insecure(new Dialogue(AGREED + "C: (TLS)\n" + QUIT).showing(MX), DANE));
    for (var any : List.of(wrongName, expired, unknown)) {
      assertEquals(
          TlsState.ENCRYPTED, open(new Dialogue(INSIDE).showing(any), OPPORTUNISTIC).tls().state());
    }
  }

  @Test
  void a_policy_under_test_notes_what_it_would_object_to() {
    var good = open(new Dialogue(INSIDE).showing(MX), testing("mx.example.net")).tls();
    assertEquals(TlsState.VERIFIED, good.state());
    var bad = open(new Dialogue(INSIDE).showing(MX), testing("mx.example.com")).tls();
    assertEquals(TlsState.ENCRYPTED, bad.state());
    assertEquals(TlsFailure.CERTIFICATE_HOST_MISMATCH, bad.shortfall().orElseThrow().type());
  }

  @Test
  void the_host_hears_its_own_name_and_with_dane_the_name_of_its_records() {
    var dialogue = new Dialogue(INSIDE).showing(MX);
    var _ = open(dialogue, OPPORTUNISTIC);
    assertEquals(Optional.of(NAME), dialogue.asked());
    var base = new Domain("tlsa.example.net");
    var dane = new Security.Dane(List.of(new Tlsa(9, 9, 9, Octets.EMPTY)), base, Set.of(base));
    dialogue = new Dialogue(AGREED + "C: (TLS)\n" + QUIT).showing(MX);
    var _ = opening(dialogue, dane);
    assertEquals(Optional.of(base), dialogue.asked());
  }

  @Test
  void tls_from_the_first_octet_comes_before_the_greeting() {
    var script =
        """
        C: (TLS)
        S: 220 mx.example.net
        C: EHLO us.example.org
        S: 250-mx.example.net
        S: 250 STARTTLS
        """;
    var manner =
        new Manner(Protocol.SMTPS, Manner.USUAL.tls(), Optional.empty(), Manner.USUAL.egress());
    var dialogue = new Dialogue(script).showing(MX);
    var opening =
        dialogue.conversation(new Approach(VERIFIED, manner), CLIENT).open("us.example.org");
    var open = assertInstanceOf(Opening.Open.class, opening);
    assertEquals(TlsState.VERIFIED, open.conversation().tls().state());
    dialogue.assertPlayed(false);
  }

  private static TlsFailure insideWith(TestIdentity certificate) {
    return insecure(new Dialogue(AGREED + "C: (TLS)\n" + QUIT).showing(certificate), VERIFIED);
  }

  private static Security testing(String name) {
    return new Security.Testing(Set.of(name));
  }

  private static Opening opening(Dialogue dialogue, Security security) {
    return dialogue.conversation(new Approach(security), CLIENT).open("us.example.org");
  }

  private static Conversation open(Dialogue dialogue, Security security) {
    return assertInstanceOf(Opening.Open.class, opening(dialogue, security)).conversation();
  }

  private static TlsFailure insecure(Dialogue dialogue, Security security) {
    var opening = assertInstanceOf(Opening.Insecure.class, opening(dialogue, security));
    dialogue.assertPlayed(true);
    return opening.shortfall().type();
  }
}
