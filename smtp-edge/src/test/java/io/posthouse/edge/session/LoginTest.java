package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.MX;
import static io.posthouse.edge.session.ListenerKind.SUBMISSION;
import static io.posthouse.edge.session.ListenerKind.SUBMISSIONS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.sasl.Claim;
import io.posthouse.edge.sasl.ScramExample;
import io.posthouse.smtp.SaslMechanism;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final String HELLO = "S: 220\nC: EHLO client.example.org\nS: 250\n";

  @Test
  void plain_in_one_line_or_two() {
    play(
        SUBMISSIONS,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
        S: 235 2.7.0
        C: MAIL FROM:<alice@example.net> AUTH=<>
        S: 250
        """);
    play(
        SUBMISSIONS,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: AUTH PLAIN
        S: 334
        C: AGFsaWNlAHNlY3JldA==
        S: 235
        C: AUTH PLAIN
        S: 503 5.5.1
        """);
  }

  @Test
  void the_ways_to_log_in_are_announced_inside_tls_only() {
    var rules = Dialogue.rules(SUBMISSION);
    var secured = Origins.SECURE;
    assertTrue(
        Capabilities.of(rules, secured)
            .lines()
            .contains("AUTH PLAIN LOGIN SCRAM-SHA-256 XOAUTH2 OAUTHBEARER"));
    var plain = Capabilities.of(rules, Origins.PLAIN).lines();
    assertTrue(plain.stream().noneMatch(line -> line.startsWith("AUTH")), plain.toString());
  }

  @Test
  void login_asks_twice() {
    play(
        SUBMISSIONS,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: YWxpY2U=
        S: 334 UGFzc3dvcmQ6
        C: c2VjcmV0
        S: 235
        """);
  }

  @Test
  void a_wrong_password_and_a_lost_directory_are_told_apart() {
    play(
        SUBMISSIONS,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
        D: wrong
        S: 535 5.7.8
        C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
        D: unavailable
        S: 454 4.7.0
        C: MAIL FROM:<alice@example.net>
        S: 530 5.7.0
        """);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    play(
        SUBMISSIONS,
        """
        S: 220
        C: AUTH PLAIN
        S: 503
        C: EHLO client.example.org
        S: 250
        C: AUTH CRAM-MD5
        S: 504 5.5.4
        C: AUTH PLAIN ???
        S: 501 5.5.2
        C: AUTH PLAIN =
        S: 501 5.5.2
        C: AUTH LOGIN
        S: 334
        C: *
        S: 501 5.7.0
        """);
  }

  @Test
  void nobody_logs_in_in_the_clear_or_on_port_25() {
    play(
        SUBMISSION, "S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGFsaWNlAHNlY3JldA==\nS: 538 5.7.11");
    play(MX, "S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGFsaWNlAHNlY3JldA==\nS: 502 5.5.1");
  }

  @Test
  void submission_wants_tls_then_a_login_then_mail() {
    play(
        SUBMISSION,
        """
        S: 220
        C: EHLO client.example.org
        S: 250
        C: MAIL FROM:<alice@example.net>
        S: 530
        C: STARTTLS
        S: 220
        C: EHLO client.example.org
        S: 250
        C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
        S: 235
        C: MAIL FROM:<alice@example.net>
        S: 250
        """);
  }

  @Test
  void a_third_wrong_password_is_the_last() {
    var wrong = "C: AUTH PLAIN AGFsaWNlAHNlY3JldA==\nD: wrong\nS: 535 5.7.8\n";
    play(SUBMISSIONS, HELLO + wrong + wrong + wrong + "S: 421 4.7.0\nS: (closes)");
  }

  @Test
  void who_guesses_is_sent_away_before_anybody_looks() {
    play(
        SUBMISSIONS,
        HELLO
            + """
            C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
            D: blocked
            S: 421 4.7.0
            S: (closes)
            """);
  }

  @Test
  void scram_as_in_the_example_of_the_rfc() {
    play(
        SUBMISSIONS,
        HELLO
            + "C: AUTH SCRAM-SHA-256 "
            + base64(ScramExample.CLIENT_FIRST)
            + "\nS: 334 "
            + base64(ScramExample.SERVER_FIRST)
            + "\nC: "
            + base64(ScramExample.CLIENT_FINAL)
            + "\nS: 334 "
            + base64(ScramExample.SERVER_FINAL)
            + "\nC: \nS: 235 2.7.0\nC: MAIL FROM:<alice@example.net>\nS: 250");
  }

  @Test
  void scram_in_all_its_lines_and_with_a_wrong_proof() {
    play(
        SUBMISSIONS,
        HELLO
            + "C: AUTH SCRAM-SHA-256\nS: 334 \nC: "
            + base64(ScramExample.CLIENT_FIRST)
            + "\nS: 334\nC: "
            + base64(ScramExample.CLIENT_FINAL.replace("p=d", "p=e"))
            + "\nS: 535 5.7.8\nC: AUTH SCRAM-SHA-256-PLUS\nS: 504 5.5.4");
  }

  @Test
  void a_token_that_is_no_good_is_explained_before_it_is_refused() {
    var xoauth2 = base64("user=alice\u0001auth=Bearer t0ken\u0001\u0001");
    var bearer = base64("n,a=alice,\u0001auth=Bearer t0ken\u0001\u0001");
    play(
        SUBMISSIONS,
        HELLO
            + "C: AUTH XOAUTH2 "
            + xoauth2
            + "\nD: wrong\nS: 334 "
            + base64("{\"status\":\"400\"").substring(0, 16)
            + "\nC: \nS: 535 5.7.8\nC: AUTH OAUTHBEARER\nS: 334 \nC: "
            + bearer
            + "\nD: wrong\nS: 334 "
            + base64("{\"status\":\"invalid_token\"}")
            + "\nC: AQ==\nS: 535 5.7.8\nC: AUTH OAUTHBEARER "
            + bearer
            + "\nD: welcome\nS: 235 2.7.0");
  }

  @Test
  void a_password_is_never_printed() {
    var claim = new Claim.Password(SaslMechanism.PLAIN, "alice", "secret");
    var effect = new Effect.CheckLogin(claim);
    assertFalse(effect.toString().contains("secret"), effect.toString());
    var token = new Claim.Token(SaslMechanism.XOAUTH2, Optional.of("alice"), "secret");
    assertFalse(token.toString().contains("secret"), token.toString());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
