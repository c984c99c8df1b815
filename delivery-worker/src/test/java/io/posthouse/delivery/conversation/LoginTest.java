package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.config.Secret;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.Login;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.routing.TlsLevel;
import io.posthouse.delivery.security.Security;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  @Test
  void a_password_is_not_said_in_the_clear_unless_the_operator_says_so() {
    assertEquals(
        "no TLS, and the password is not said in the clear",
        refused(
            false,
            """
            S: 220 relay.example.org
            C: EHLO us.example.org
            S: 250-relay.example.org
            S: 250 AUTH PLAIN
            C: QUIT
            S: 221 Bye
            """));
  }

  @Test
  void plain_goes_with_auth() {
    loggedIn(
        """
        S: 220 relay.example.org
        C: EHLO us.example.org
        S: 250-relay.example.org
        S: 250 AUTH PLAIN LOGIN
        C: AUTH PLAIN AHVzAHNlY3JldA==
        S: 235 2.7.0 Welcome
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"334 ", "334"})
  void plain_is_said_again_to_a_host_that_asks_for_it(String asks) {
    loggedIn(
        """
        S: 220 relay.example.org
        C: EHLO us.example.org
        S: 250-relay.example.org
        S: 250 AUTH PLAIN
        C: AUTH PLAIN AHVzAHNlY3JldA==
        S: %s
        C: AHVzAHNlY3JldA==
        S: 235 2.7.0 Welcome
        """
            .formatted(asks));
  }

  @Test
  void login_is_asked_word_by_word() {
    loggedIn(
        """
        S: 220 relay.example.org
        C: EHLO us.example.org
        S: 250-relay.example.org
        S: 250-AUTH=LOGIN
        S: 250 AUTH GSSAPI
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: dXM=
        S: 334 UGFzc3dvcmQ6
        C: c2VjcmV0
        S: 235 2.7.0 Welcome
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "535 5.7.8 Bad credentials",
        "534 5.7.9 Mechanism too weak",
        "454 4.7.0 Not now",
        "503 5.5.1 Bad sequence",
        "421 4.3.2 Leaving"
      })
  void whatever_a_host_says_to_a_login_is_about_the_login(String reply) {
    var why =
        refused(
            true,
            """
            S: 220 relay.example.org
            C: EHLO us.example.org
            S: 250-relay.example.org
            S: 250 AUTH PLAIN
            C: AUTH PLAIN AHVzAHNlY3JldA==
            S: %s
            C: QUIT
            S: 221 Bye
            """
                .formatted(reply));
    assertEquals("login refused: " + reply, why);
  }

  @Test
  void a_host_that_offers_no_login_gets_no_mail_without_one() {
    assertEquals(
        "the host offers no login that we know: []",
        refused(
            true,
            """
            S: 220 relay.example.org
            C: EHLO us.example.org
            S: 250 relay.example.org
            C: QUIT
            S: 221 Bye
            """));
  }

  @Test
  void a_host_that_asks_in_no_base64_is_left() {
    assertEquals(
        "the host says what is no base64",
        refused(
            true,
            """
            S: 220 relay.example.org
            C: EHLO us.example.org
            S: 250-relay.example.org
            S: 250 AUTH LOGIN
            C: AUTH LOGIN
            S: 334 What?
            C: *
            S: 501 5.5.2 Cancelled
            C: QUIT
            S: 221 Bye
            """));
  }

  @Test
  void a_host_that_asks_on_and_on_is_left() {
    assertEquals(
        "the host asks for more than a user and a password",
        refused(
            true,
            """
            S: 220 relay.example.org
            C: EHLO us.example.org
            S: 250-relay.example.org
            S: 250 AUTH LOGIN
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: dXM=
            S: 334 UGFzc3dvcmQ6
            C: c2VjcmV0
            S: 334 UGFzc3dvcmQ6
            C: *
            S: 501 5.5.2 Cancelled
            C: QUIT
            S: 221 Bye
            """));
  }

  @Test
  void a_host_that_is_lost_while_we_log_in_has_not_let_us_in() {
    assertEquals(
        "the host closed the connection while logging in",
        refused(
            true,
            """
            S: 220 relay.example.org
            C: EHLO us.example.org
            S: 250-relay.example.org
            S: 250 AUTH PLAIN
            C: AUTH PLAIN AHVzAHNlY3JldA==
            S: (hangs up)
            """));
  }

  private static void loggedIn(String script) {
    var dialogue = new Dialogue(script);
    assertInstanceOf(Opening.Open.class, open(dialogue, true));
    dialogue.assertPlayed(false);
  }

  private static String refused(boolean inTheClear, String script) {
    var dialogue = new Dialogue(script);
    var why = assertInstanceOf(Opening.NotLoggedIn.class, open(dialogue, inTheClear)).why();
    dialogue.assertPlayed(true);
    assertFalse(why.contains("secret") || why.contains("AHVz"), why);
    return why;
  }

  private static Opening open(Dialogue dialogue, boolean inTheClear) {
    var login = new Login("us", Secret.of("secret"), inTheClear);
    var manner = new Manner(Protocol.SMTP, TlsLevel.POLICY, Optional.of(login), EgressPool.ANY);
    return dialogue
        .conversation(new Approach(new Security.Opportunistic(), manner))
        .open("us.example.org");
  }
}
