package io.posthouse.edge.session;

import static io.posthouse.edge.session.Dialogue.play;
import static io.posthouse.edge.session.ListenerKind.MX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parameters of MAIL and RCPT: DSN (RFC 3461), SMTPUTF8 (RFC 6531), REQUIRETLS (RFC 8689).
class ExtensionsTest {
  private static final String HELLO =
      """
      S: 220
      C: EHLO client.example.org
      S: 250
      """;

  private static final String DONE = "C: BDAT 10 LAST\nQ: queued\nS: 250 2.0.0";

  /// RFC 3461, appendix (§10.1): one wants to hear of success, one of failure, one of nothing.
  @Test
  void what_a_sender_wants_to_be_told_is_kept() {
    var transaction =
        play(
                MX,
                """
                S: 220
                C: EHLO Example.ORG
                S: 250 mx.example.net / PIPELINING / 8BITMIME / BINARYMIME / CHUNKING / SMTPUTF8 / DSN
                C: MAIL FROM:<Alice@Example.ORG> RET=HDRS ENVID=QQ314159
                S: 250 2.1.0
                C: RCPT TO:<Bob@Example.COM> NOTIFY=SUCCESS ORCPT=rfc822;Bob@Example.COM
                S: 250 2.1.5
                C: RCPT TO:<Carol@Ivory.EDU> NOTIFY=FAILURE ORCPT=rfc822;Carol@Ivory.EDU
                S: 250 2.1.5
                C: RCPT TO:<Dana@Ivory.EDU> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Dana@Ivory.EDU
                S: 250 2.1.5
                C: RCPT TO:<Eric@Bombs.AF.MIL> NOTIFY=FAILURE ORCPT=rfc822;Eric@Bombs.AF.MIL
                S: 250 2.1.5
                C: RCPT TO:<Fred@Bombs.AF.MIL> NOTIFY=NEVER
                S: 250 2.1.5
                C: RCPT TO:<George@Tax-ME.GOV>
                S: 250 2.1.5
                C: DATA
                S: 354
                C: .
                Q: queued
                S: 250 2.0.0
                """)
            .enqueued()
            .getFirst();
    assertEquals(Optional.of(Return.HEADERS), transaction.parameters().ret());
    assertEquals(Optional.of("QQ314159"), transaction.parameters().envelopeId());
    assertEquals(
        List.of(
            Set.of(Notify.SUCCESS),
            Set.of(Notify.FAILURE),
            Set.of(Notify.SUCCESS, Notify.FAILURE),
            Set.of(Notify.FAILURE),
            Set.of(Notify.NEVER),
            Set.of()),
        transaction.recipients().stream().map(Recipient::notifyOn).toList());
    assertEquals(
        Optional.of("rfc822;Dana@Ivory.EDU"), transaction.recipients().get(2).originalRecipient());
  }

  @Test
  void a_recipient_named_twice_is_one_whatever_was_wished_of_it() {
    var transaction =
        play(
                MX,
                HELLO
                    + """
                    C: MAIL FROM:<alice@example.org>
                    S: 250
                    C: RCPT TO:<bob@example.com> NOTIFY=NEVER
                    S: 250
                    C: RCPT TO:<bob@EXAMPLE.com> NOTIFY=SUCCESS
                    S: 250
                    """
                    + DONE)
            .enqueued()
            .getFirst();
    assertEquals(1, transaction.recipients().size());
    assertEquals(Set.of(Notify.NEVER), transaction.recipients().getFirst().notifyOn());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RET=FULL                       | 250 2.1.0
          ret=hdrs envid=a+2Bb           | 250 2.1.0
          RET                            | 501 5.5.4
          RET=BODY                       | 501 5.5.4
          RET=FULL RET=HDRS              | 501 5.5.4
          ENVID                          | 501 5.5.4
          ENVID=a+b                      | 501 5.5.4
          ENVID=a+2b                     | 501 5.5.4
          ENVID=a+0D+0AX:y               | 501 5.5.4
          ENVID=+C3+A9                   | 501 5.5.4
          ENVID=\u00e9                  | 501 5.5.4
          BODY=7bit                      | 250 2.1.0
          BODY=BINARYMIME                | 250 2.1.0
          BODY=9BIT                      | 501 5.5.4
          BODY                           | 501 5.5.4
          SMTPUTF8                       | 250 2.1.0
          SMTPUTF8=yes                   | 501 5.5.4
          SMTPUTF8 SMTPUTF8              | 501 5.5.4
          SIZE=1000                      | 250 2.1.0
          SIZE=1001                      | 552 5.3.4
          SIZE=-1                        | 501 5.5.4
          REQUIRETLS                     | 555 5.5.4
          AUTH=<>                        | 555 5.5.4
          MT-PRIORITY=3                  | 555 5.5.4
          BY=120;R                       | 555 5.5.4
          HOLDFOR=60                     | 555 5.5.4
          X-FOO                          | 555 5.5.4
          """)
  void a_parameter_of_mail_is_taken_by_its_grammar(String parameters, String reply) {
    play(MX, HELLO + "C: MAIL FROM:<alice@example.org> " + parameters + "\nS: " + reply);
  }

  @Test
  void an_envelope_id_has_up_to_a_hundred_characters() {
    var mail = "C: MAIL FROM:<> ENVID=";
    play(MX, HELLO + mail + "x".repeat(101) + "\nS: 501\n" + mail + "x".repeat(100) + "\nS: 250");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NOTIFY=NEVER                            | 250 2.1.5
          notify=success,delay,failure            | 250 2.1.5
          NOTIFY                                  | 501 5.5.4
          NOTIFY=NEVER,SUCCESS                    | 501 5.5.4
          NOTIFY=SUCCESS,SUCCESS                  | 501 5.5.4
          NOTIFY=SUCCESS,                         | 501 5.5.4
          NOTIFY=ALWAYS                           | 501 5.5.4
          NOTIFY=NEVER NOTIFY=NEVER               | 501 5.5.4
          ORCPT=rfc822;Bob+2Btag@Example.COM      | 250 2.1.5
          ORCPT=x-fax;+2B49+2030                  | 250 2.1.5
          ORCPT=utf-8;b\\x{F6}b@example.com     | 250 2.1.5
          ORCPT                                   | 501 5.5.4
          ORCPT=bob@example.com                   | 501 5.5.4
          ORCPT=rfc822;                           | 501 5.5.4
          ORCPT=;bob@example.com                  | 501 5.5.4
          ORCPT=rfc822;bob+tag@example.com        | 501 5.5.4
          ORCPT=rfc822;bob+0D+0AX:y               | 501 5.5.4
          ORCPT=utf-8;bob\\x{0A}X:y             | 501 5.5.4
          ORCPT=utf-8;b\u00f6b@example.com       | 501 5.5.4
          SIZE=3                                  | 555 5.5.4
          RRVS=2014-04-03T23:01:00Z               | 555 5.5.4
          """)
  void a_parameter_of_rcpt_is_taken_by_its_grammar(String parameters, String reply) {
    play(
        MX,
        HELLO
            + "C: MAIL FROM:<>\nS: 250\nC: RCPT TO:<bob@example.com> "
            + parameters
            + "\nS: "
            + reply);
  }

  @Test
  void an_original_recipient_has_up_to_five_hundred_characters() {
    var rcpt = "C: RCPT TO:<bob@example.com> ORCPT=rfc822;";
    play(
        MX,
        HELLO
            + "C: MAIL FROM:<>\nS: 250\n"
            + (rcpt + "x".repeat(494) + "\nS: 501\n")
            + (rcpt + "x".repeat(493) + "\nS: 250"));
  }

  @Test
  void addresses_beyond_ascii_need_smtputf8() {
    play(
        MX,
        HELLO
            + """
            C: MAIL FROM:<jos\u00e9@example.org>
            S: 553 5.6.7
            C: MAIL FROM:<alice@b\u00fccher.example>
            S: 553 5.6.7
            C: MAIL FROM:<alice@xn--bcher-kva.example>
            S: 250
            C: RCPT TO:<jos\u00e9@example.com>
            S: 553 5.6.7
            C: RCPT TO:<bob@b\u00fccher.example>
            S: 553 5.6.7
            C: RCPT TO:<bob@xn--bcher-kva.example>
            S: 250
            """);
  }

  @Test
  void an_internationalised_message_keeps_its_addresses_and_says_what_it_is() {
    var dialogue =
        play(
            MX,
            HELLO
                + """
                C: MAIL FROM:<jos\u00e9@b\u00fccher.example> BODY=8BITMIME SMTPUTF8
                S: 250
                C: RCPT TO:<\u7528\u6237@example.com> ORCPT=utf-8;\u7528\u6237@example.com
                S: 250
                """
                + DONE);
    var transaction = dialogue.enqueued().getFirst();
    assertTrue(transaction.parameters().smtpUtf8());
    assertEquals("<jos\u00e9@xn--bcher-kva.example>", transaction.from().toString());
    assertEquals(
        "\u7528\u6237@example.com", transaction.recipients().getFirst().address().toString());
  }

  @Test
  void octets_that_are_no_utf_8_and_control_characters_are_no_address() {
    play(
        MX,
        HELLO
            + """
            C: MAIL FROM:<a\ufffd@example.org> SMTPUTF8
            S: 501 5.5.2
            C: MAIL FROM:<a\205@example.org> SMTPUTF8
            S: 501 5.5.2
            """);
  }

  /// RFC 6531 §3.7.4.2: with a parameter of its own, which changes nothing for us.
  @Test
  void vrfy_and_expn_know_smtputf8() {
    play(
        MX,
        HELLO
            + """
            C: VRFY jos\u00e9 SMTPUTF8
            S: 252 2.1.5
            C: EXPN liste SMTPUTF8
            S: 502 5.5.1
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "SMTP, false, SMTP",
    "ESMTP, false, ESMTP",
    "LMTP, false, LMTP",
    "ESMTP, true, UTF8SMTP",
    "LMTP, true, UTF8LMTP"
  })
  void a_trace_names_the_protocol(Peer.Dialect dialect, boolean smtpUtf8, String name) {
    var plain = new Peer(Origins.PLAIN, "x", dialect);
    assertEquals(name, plain.protocol(smtpUtf8));
    var secure = new Peer(Origins.SECURE, "x", dialect);
    assertEquals(name.equals("SMTP") ? name : name + "S", secure.protocol(smtpUtf8));
  }

  /// RFC 8689 §2: inside TLS only.
  @Test
  void requiretls_is_offered_and_kept_inside_tls() {
    var dialogue =
        play(
            MX,
            HELLO
                + """
                C: MAIL FROM:<roger@example.org> REQUIRETLS
                S: 555 5.5.4
                C: STARTTLS
                S: 220
                C: EHLO client.example.org
                S: 250 mx.example.net / PIPELINING / 8BITMIME / BINARYMIME / CHUNKING / SMTPUTF8 / DSN / ENHANCEDSTATUSCODES / SIZE 1000 / LIMITS RCPTMAX=100 / REQUIRETLS
                C: MAIL FROM:<roger@example.org> REQUIRETLS=yes
                S: 501 5.5.4
                C: MAIL FROM:<roger@example.org> REQUIRETLS
                S: 250
                C: RCPT TO:<bob@example.com>
                S: 250
                """
                + DONE);
    assertTrue(dialogue.enqueued().getFirst().parameters().requireTls());
  }

  @Test
  void nothing_is_wished_where_nothing_was_said() {
    var dialogue =
        play(MX, HELLO + "C: MAIL FROM:<>\nS: 250\nC: RCPT TO:<bob@example.com>\nS: 250\n" + DONE);
    var transaction = dialogue.enqueued().getFirst();
    assertFalse(transaction.parameters().requireTls());
    assertEquals(Optional.empty(), transaction.recipients().getFirst().originalRecipient());
  }

  @Test
  void content_that_comes_without_a_354_ends_the_session() {
    play(
        MX,
        HELLO
            + """
            C: MAIL FROM:<alice@example.org>
            S: 250
            C: RCPT TO:<nobody@example.net>
            D: 550 5.1.1 No such user
            S: 550
            C: DATA
            S: 554 5.5.1
            C: Received: from x
            S: 554 5.5.1 Content came without a 354
            S: (closes)
            """);
  }
}
