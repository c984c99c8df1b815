package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Transfers.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is said to a host that announced something, and what becomes of a message that needs what
/// was not announced.
class ExtensionsTest {
  private static final MailParameters UTF8 = parameters(Body.EIGHT_BIT_MIME, true);
  private static final MailParameters BINARY = parameters(Body.BINARY_MIME, false);
  private static final Recipient JURGEN = Samples.remote("jürgen@example.net");

  @Test
  void a_message_with_utf8_addresses_goes_to_a_host_with_smtputf8() {
    var report =
        transfer(
            Samples.declaring(UTF8, message("Subject: gruß\r\n\r\nx\r\n", JURGEN)),
            "8BITMIME\nSMTPUTF8",
            """
            C: MAIL FROM:<sender@example.com> BODY=8BITMIME SMTPUTF8
            S: 250 Ok
            C: RCPT TO:<j\u00c3\u00bcrgen@example.net>
            S: 451 later
            """);
    assertInstanceOf(Ending.Ready.class, report.ending());
  }

  @Test
  void what_was_declared_utf8_and_is_ascii_goes_to_any_host() {
    transfer(
        Samples.declaring(UTF8, message("Subject: hi\r\n\r\nx\r\n", Samples.CAROL)),
        "PIPELINING",
        """
        C: MAIL FROM:<sender@example.com>
        C: RCPT TO:<carol@example.net>
        C: DATA
        S: 451 later
        S: 503 no
        S: 503 no
        """);
  }

  @Test
  void a_utf8_header_needs_smtputf8_though_the_addresses_do_not() {
    var message = message("Subject: gruß\r\n\r\nx\r\n", Samples.CAROL);
    assertUnsuitable("5.6.7", Samples.declaring(UTF8, message), "8BITMIME");
  }

  @Test
  void a_utf8_sender_needs_smtputf8() {
    var sender = new ReversePath.Sender(MailAddress.of("jürgen@example.com"));
    var message = Samples.from(sender, message("Subject: hi\r\n\r\nx\r\n", Samples.CAROL));
    assertUnsuitable("5.6.7", message, "8BITMIME");
  }

  @Test
  void binary_content_goes_in_one_chunk_after_somebody_was_accepted() {
    var content = "Subject: b\r\n\r\n.\r\n..\0\r\n.\r\n";
    var message = Samples.declaring(BINARY, message(content, Samples.CAROL, Samples.DAVE));
    var report =
        transfer(
            message,
            "PIPELINING\nCHUNKING\nBINARYMIME",
            """
            C: MAIL FROM:<sender@example.com> BODY=BINARYMIME
            C: RCPT TO:<carol@example.net>
            C: RCPT TO:<dave@example.org>
            S: 250 Ok
            S: 550 5.1.1 no such user
            S: 250 Ok
            C: BDAT 60 LAST
            C: Received: from client.example.com
            C: Subject: b
            C:
            C: .
            C: ..\0
            C: .
            S: 250 2.0.0 taken
            """);
    assertEquals(60, message.size());
    assertEquals(Set.of("carol RCPT 550", "dave END 250"), Set.copyOf(Transfers.said(report)));
  }

  @Test
  void where_nobody_was_accepted_no_chunk_is_sent() {
    var message = Samples.declaring(BINARY, message("\0\r\n", Samples.CAROL));
    transfer(
        message,
        "CHUNKING\nBINARYMIME",
        """
        C: MAIL FROM:<sender@example.com> BODY=BINARYMIME
        S: 250 Ok
        C: RCPT TO:<carol@example.net>
        S: 450 later
        """);
  }

  @Test
  void a_chunk_that_was_refused_is_forgotten_before_the_next_message() {
    var dialogue =
        dialogue(
            "CHUNKING\nBINARYMIME",
            """
            C: MAIL FROM:<sender@example.com> BODY=BINARYMIME
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 250 Ok
            C: BDAT 38 LAST
            C: Received: from client.example.com
            C: \0
            S: 452 4.3.1 no room
            C: RSET
            S: 250 Ok
            C: MAIL FROM:<sender@example.com> BODY=BINARYMIME
            S: 451 later
            """);
    var conversation = open(dialogue);
    var message = Samples.declaring(BINARY, message("\0\r\n", Samples.CAROL));
    conversation.transfer(transaction(message));
    conversation.transfer(transaction(message));
    dialogue.assertPlayed(false);
  }

  @Test
  void a_connection_lost_behind_the_chunk_may_have_delivered() {
    var dialogue =
        dialogue(
            "CHUNKING\nBINARYMIME",
            """
            C: MAIL FROM:<sender@example.com> BODY=BINARYMIME
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 250 Ok
            C: BDAT 38 LAST
            C: Received: from client.example.com
            C: \0
            S: (hangs up)
            """);
    var message = Samples.declaring(BINARY, message("\0\r\n", Samples.CAROL));
    var report = open(dialogue).transfer(transaction(message));
    assertTrue(assertInstanceOf(Ending.Lost.class, report.ending()).afterTheDot());
    dialogue.assertPlayed(true);
  }

  @Test
  void content_shorter_than_its_chunk_is_never_whole_at_the_host() {
    var dialogue =
        dialogue(
            "CHUNKING\nBINARYMIME",
            """
            C: MAIL FROM:<sender@example.com> BODY=BINARYMIME
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 250 Ok
            """);
    var message = Samples.declaring(BINARY, message("\0\r\n", Samples.CAROL));
    var cut = new Transaction(message, message.recipients(), () -> Octets.utf8("cut").input());
    var report = open(dialogue).transfer(cut);
    assertInstanceOf(Ending.ContentUnreadable.class, report.ending());
    dialogue.assertPlayed(true);
  }

  @Test
  void binary_content_is_not_sent_to_a_host_that_does_not_take_it() {
    var message = Samples.declaring(BINARY, message("a\nb\r\n", Samples.CAROL));
    assertUnsuitable("5.6.3", message, "CHUNKING\n8BITMIME");
    assertUnsuitable("5.6.3", message, "BINARYMIME\n8BITMIME");
  }

  @Test
  void what_was_declared_binary_and_is_lines_goes_by_data() {
    var message =
        Samples.declaring(BINARY, message("Subject: x\r\n\r\nsmørrebrød\r\n", Samples.CAROL));
    transfer(
        message,
        "8BITMIME",
        """
        C: MAIL FROM:<sender@example.com> BODY=8BITMIME
        S: 451 later
        """);
    assertUnsuitable("5.6.3", message, "SIZE");
  }

  @Test
  void what_the_sender_wants_to_be_told_is_passed_on_to_a_host_with_dsn() {
    var carol =
        new Recipient(
            Samples.CAROL.address(),
            Samples.CAROL.destination(),
            Set.of(Notify.FAILURE, Notify.SUCCESS),
            Optional.of("rfc822;list+2Bcarol@example.org"));
    var never = Samples.notifying(Samples.remote("a+b@example.net"), Notify.NEVER);
    var wishes =
        new MailParameters(
            Body.SEVEN_BIT, false, Optional.of(Return.HEADERS), Optional.of("batch+3D7"), false);
    var report =
        transfer(
            Samples.declaring(wishes, message("x\r\n", carol, never)),
            "DSN",
            """
            C: MAIL FROM:<sender@example.com> RET=HDRS ENVID=batch+3D7
            S: 250 Ok
            C: RCPT TO:<carol@example.net> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;list+2Bcarol@example.org
            S: 250 Ok
            C: RCPT TO:<a+b@example.net> NOTIFY=NEVER ORCPT=rfc822;a+2Bb@example.net
            S: 550 no
            C: DATA
            S: 354 Go
            C: Received: from client.example.com
            C: x
            C: .
            S: 250 Ok
            """);
    assertTrue(report.said().getLast().notifies());
  }

  @Test
  void a_host_without_dsn_is_told_nothing_of_it_and_notifies_nobody() {
    var wishes =
        new MailParameters(
            Body.SEVEN_BIT, false, Optional.of(Return.FULL), Optional.of("7"), false);
    var report =
        transfer(
            Samples.declaring(
                wishes, message("x\r\n", Samples.notifying(Samples.CAROL, Notify.SUCCESS))),
            "8BITMIME",
            """
            C: MAIL FROM:<sender@example.com>
            S: 250 Ok
            C: RCPT TO:<carol@example.net>
            S: 250 Ok
            C: DATA
            S: 354 Go
            C: Received: from client.example.com
            C: x
            C: .
            S: 250 Ok
            """);
    assertFalse(report.said().getLast().notifies());
  }

  @Test
  void a_utf8_orcpt_is_passed_on_in_ascii() {
    var jurgen =
        new Recipient(
            Samples.CAROL.address(),
            Samples.CAROL.destination(),
            Set.of(),
            Optional.of("utf-8;jürgen@example.org"));
    transfer(
        message("x\r\n", jurgen),
        "DSN",
        """
        C: MAIL FROM:<sender@example.com>
        S: 250 Ok
        C: RCPT TO:<carol@example.net> ORCPT=utf-8;j\\x{FC}rgen@example.org
        S: 451 later
        """);
  }

  @Test
  void a_notice_of_ours_asks_for_no_notices() {
    var dsn = Samples.from(new ReversePath.Null(), message("x\r\n", Samples.CAROL));
    transfer(
        dsn,
        "DSN",
        """
        C: MAIL FROM:<>
        S: 250 Ok
        C: RCPT TO:<carol@example.net>
        S: 451 later
        """);
  }

  @Test
  void a_message_that_requires_tls_is_not_sent_in_clear() {
    var secret =
        new MailParameters(Body.SEVEN_BIT, false, Optional.empty(), Optional.empty(), true);
    var message = Samples.declaring(secret, message("x\r\n", Samples.CAROL));
    assertUnsuitable("5.7.30", message, "REQUIRETLS");
    assertUnsuitable("5.7.30", message, "8BITMIME");
  }

  @Test
  void a_notice_that_should_have_tls_is_rather_sent_in_clear_than_lost() {
    var secret =
        new MailParameters(Body.SEVEN_BIT, false, Optional.empty(), Optional.empty(), true);
    var dsn = Samples.from(new ReversePath.Null(), message("x\r\n", Samples.CAROL));
    transfer(
        Samples.declaring(secret, dsn),
        "REQUIRETLS",
        """
        C: MAIL FROM:<>
        S: 451 later
        """);
  }

  private static void assertUnsuitable(String status, Envelope message, String announced) {
    var report = transfer(message, announced, "");
    var unsuitable = assertInstanceOf(Ending.Unsuitable.class, report.ending());
    assertEquals(status, unsuitable.why().status().toString());
  }

  private static Report transfer(Envelope message, String announced, String script) {
    var dialogue = dialogue(announced, script);
    var report = open(dialogue).transfer(transaction(message));
    dialogue.assertPlayed(false);
    return report;
  }

  private static Dialogue dialogue(String announced, String script) {
    var lines = "S: 220 mx.example.net\nC: EHLO us.example.org\nS: 250-mx.example.net\n";
    return new Dialogue(
        lines + "S: 250-" + announced.replace("\n", "\nS: 250-") + "\nS: 250 HELP\n" + script);
  }

  private static Envelope message(String content, Recipient... recipients) {
    return Samples.message(Samples.text(content), recipients);
  }

  private static Transaction transaction(Envelope envelope) {
    var content = ((Content.Inline) envelope.content()).octets();
    return new Transaction(
        envelope,
        envelope.recipients(),
        () -> new SequenceInputStream(envelope.trace().input(), content.input()));
  }

  private static MailParameters parameters(Body body, boolean smtpUtf8) {
    return new MailParameters(body, smtpUtf8, Optional.empty(), Optional.empty(), false);
  }
}
