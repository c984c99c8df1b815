package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.MX;
import static io.posthouse.edge.session.ListenerKind.SUBMISSION;
import static io.posthouse.edge.session.ListenerKind.SUBMISSIONS;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class LoginTest {
  @Test
  void plain_in_one_line_or_two() {
    play(
        SUBMISSIONS,
        """
        S: 220
        C: EHLO client.example.org
        S: 250 mx.example.net / PIPELINING / 8BITMIME / BINARYMIME / CHUNKING / SMTPUTF8 / DSN / ENHANCEDSTATUSCODES / SIZE 1000 / LIMITS RCPTMAX=100 / REQUIRETLS / AUTH PLAIN LOGIN
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
  void a_password_is_never_printed() {
    assertFalse(new Credentials("alice", "secret").toString().contains("secret"));
  }
}
