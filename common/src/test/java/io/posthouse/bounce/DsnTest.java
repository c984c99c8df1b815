package io.posthouse.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Action;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Evidence.Replied;
import io.posthouse.outcome.MxHost;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DsnTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final QueueId ID = new QueueId("09ymq0x4cg0000g");
  private static final MxHost MX =
      new MxHost("mx1.example.net", InetAddress.ofLiteral("192.0.2.25"), 25);
  private static final Evidence NO_SUCH_USER =
      new Replied(MX, Reply.of(550, "5.1.1", "No such user"));
  private static final Returned RETURNED =
      new Returned.Headers(Octets.utf8("Subject: hello\r\nFrom: me\r\n"));

  private final Reporter reporter = new Reporter("us.example.org", "worker-1");

  @Test
  void a_refused_recipient_is_reported_in_words_fields_and_headers() {
    var dsn = report(message(Samples.CAROL), failure(Samples.CAROL, NO_SUCH_USER));
    var own = dsn.queueId().text();
    assertEquals(
        """
        Date: Mon, 2 Mar 2026 09:00:00 +0000
        From: Mail Delivery System <mailer-daemon@us.example.org>
        To: sender@example.com
        Subject: Your message could not be delivered
        Message-ID: <OWN@us.example.org>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="=_OWN_dsn"

        This is a delivery status notification in MIME format.

        --=_OWN_dsn
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at us.example.org.

        Your message could not be delivered to the recipients below. It is not tried
        again; what was found is told beside each of them.

        <carol@example.net>
            mx1.example.net said: 550 5.1.1 No such user

        Your message was queued here as 09ymq0x4cg0000g.

        --=_OWN_dsn
        Content-Type: message/delivery-status

        Reporting-MTA: dns; us.example.org
        Arrival-Date: Mon, 2 Mar 2026 08:14:07 +0000

        Final-Recipient: rfc822; carol@example.net
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx1.example.net
        Diagnostic-Code: smtp; 550 5.1.1 No such user
        Last-Attempt-Date: Mon, 2 Mar 2026 09:00:00 +0000

        --=_OWN_dsn
        Content-Type: text/rfc822-headers

        Subject: hello
        From: me

        --=_OWN_dsn--
        """
            .replace("OWN", own)
            .replace("\n", "\r\n"),
        text(dsn));
  }

  @Test
  void of_a_message_that_cannot_be_read_any_more_nothing_is_returned() {
    var wholeIsWanted =
        new MailParameters(
            Body.SEVEN_BIT, false, Optional.of(Return.FULL), Optional.empty(), false);
    var message = Samples.declaring(wholeIsWanted, message(Samples.CAROL));
    MessageSource gone =
        () -> {
          throw new ContentGone("remote-0@17: deleted");
        };
    var returned = Returned.of(message, Action.FAILED, gone, 1000);
    var dsn = written(message, returned, failure(Samples.CAROL, NO_SUCH_USER));
    var parts = text(dsn).split("--=_" + dsn.queueId() + "_dsn", -1);
    assertEquals(4, parts.length, "a preamble, two parts and the end");
    assertTrue(parts[2].contains("\r\nContent-Type: message/delivery-status\r\n"), parts[2]);
    assertEquals("--\r\n", parts[3]);
  }

  @Test
  void a_dsn_goes_to_the_sender_and_is_never_answered() {
    var message = message(Samples.CAROL);
    var dsn = report(message, failure(Samples.CAROL, NO_SUCH_USER));
    assertEquals(new ReversePath.Null(), dsn.reversePath());
    assertEquals(Optional.empty(), dsn.returnTo());
    assertEquals(
        List.of(
            new Recipient(MailAddress.of("sender@example.com"), message.returnTo().orElseThrow())),
        dsn.recipients());
  }

  @Test
  void a_null_reverse_path_is_never_answered() {
    var message = message(Samples.CAROL);
    var bounce =
        Envelope.accepted(
            message.queueId(),
            new ReversePath.Null(),
            Optional.empty(),
            message.recipients(),
            message.parameters(),
            message.client(),
            message.arrived(),
            message.trace(),
            message.content());
    var failures = List.<Fate>of(failure(Samples.CAROL, NO_SUCH_USER));
    assertEquals(Optional.empty(), reporter.report(bounce, failures, RETURNED, NOW));
  }

  @Test
  void the_same_failures_have_the_same_queue_id_when_they_are_reported_again() {
    var message = message(Samples.CAROL, Samples.DAVE);
    var carol = failure(Samples.CAROL, NO_SUCH_USER);
    var dave = failure(Samples.DAVE, NO_SUCH_USER);
    var id = report(message, carol, dave).queueId();
    assertEquals(id, report(message, dave, carol).queueId());
    assertNotEquals(id, report(message, carol).queueId());
    assertNotEquals(message.queueId(), id);
  }

  @Test
  void what_we_saw_ourselves_is_no_diagnostic_of_a_host() {
    var seen = new Observed(EnhancedStatus.of("5.1.2"), "example.net does not exist");
    var text = text(report(message(Samples.CAROL), failure(Samples.CAROL, seen)));
    assertTrue(text.contains("\r\nStatus: 5.1.2\r\n"), text);
    assertTrue(text.contains("Diagnostic-Code: x-posthouse; example.net does not exist\r\n"), text);
    assertTrue(!text.contains("Remote-MTA"), text);
  }

  @Test
  void an_expired_message_is_reported_with_its_own_status() {
    var busy = new Replied(MX, Reply.of(450, "4.2.0", "Busy"));
    var text = text(report(message(Samples.CAROL), new Fate.Expired(Samples.CAROL, busy, NOW)));
    assertTrue(text.contains("\r\nStatus: 4.4.7\r\n"), text);
    assertTrue(text.contains("Diagnostic-Code: smtp; 450 4.2.0 Busy\r\n"), text);
    assertTrue(text.contains("    Tried for too long. At last: mx1.example.net said: 450"), text);
  }

  @Test
  void what_the_sender_called_the_message_and_the_recipient_comes_back_decoded() {
    var carol =
        new Recipient(
            Samples.CAROL.address(),
            Samples.CAROL.destination(),
            Set.of(Notify.FAILURE),
            Optional.of("rfc822;carol+2Bx@example.net"));
    var plain = message(carol);
    var named =
        Envelope.accepted(
            ID,
            plain.reversePath(),
            plain.returnTo(),
            plain.recipients(),
            new MailParameters(
                Body.SEVEN_BIT, false, Optional.empty(), Optional.of("batch+3D7"), false),
            plain.client(),
            plain.arrived(),
            plain.trace(),
            plain.content());
    var text = text(report(named, failure(carol, NO_SUCH_USER)));
    assertTrue(text.contains("\r\nOriginal-Envelope-Id: batch=7\r\n"), text);
    assertTrue(text.contains("\r\nOriginal-Recipient: rfc822; carol+x@example.net\r\n"), text);
  }

  @ParameterizedTest
  @CsvSource({"'', true", "FAILURE, true", "DELAY FAILURE, true", "NEVER, false", "SUCCESS, false"})
  void the_sender_may_not_want_to_hear_of_it(String notify, boolean wanted) {
    var events =
        notify.isEmpty()
            ? Set.<Notify>of()
            : Set.copyOf(List.of(notify.split(" ")).stream().map(Notify::valueOf).toList());
    var carol =
        new Recipient(
            Samples.CAROL.address(), Samples.CAROL.destination(), events, Optional.empty());
    assertEquals(wanted, failure(carol, NO_SUCH_USER).isWanted());
  }

  @Test
  void every_line_is_ascii_and_none_is_too_long_whatever_others_wrote() {
    var rude = new Replied(MX, Reply.of(550, "5.0.0", "ünbelievable " + "x".repeat(3000)));
    var headers = Octets.utf8("Subject: grüße\r\nX-Long: " + "y ".repeat(2000) + "\r\n");
    var dsn =
        written(
            message(Samples.CAROL), new Returned.Headers(headers), failure(Samples.CAROL, rude));
    for (var line : text(dsn).split("\r\n")) {
      assertTrue(line.length() <= 998, () -> line.length() + ": " + line);
      assertTrue(line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127)), line);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'A: 1|B: 2||body|',  'A: 1|B: 2|'",
    "'A: 1|| B: 2|',      'A: 1|'",
    "'|body|',            ''",
    "'A: 1|B: 2|',        'A: 1|B: 2|'",
    "'A: 1|B: cut',       'A: 1|'",
    "'',                  ''",
  })
  void the_header_section_ends_at_the_empty_line(String message, String section)
      throws IOException {
    for (var lineEnd : List.of("\r\n", "\n")) {
      var octets = message.replace("|", lineEnd).getBytes(StandardCharsets.US_ASCII);
      assertEquals(
          Octets.utf8(section.replace("|", lineEnd)),
          HeaderSection.of(new ByteArrayInputStream(octets)));
    }
  }

  private Envelope report(Envelope message, Fate... fates) {
    return written(message, RETURNED, fates);
  }

  private Envelope written(Envelope message, Returned returned, Fate... fates) {
    var dsn = reporter.report(message, List.of(fates), returned, NOW).orElseThrow();
    try (var content = dsn.open()) {
      var octets = Octets.of(content.readAllBytes());
      assertEquals(octets.length(), dsn.size());
      return dsn.envelope(Octets.EMPTY, new Content.Inline(octets));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fate failure(Recipient recipient, Evidence evidence) {
    return new Fate.Failed(recipient, evidence, NOW);
  }

  private static Envelope message(Recipient... recipients) {
    return Samples.message(ID, Samples.text("Subject: hello\r\n\r\nHello.\r\n"), recipients);
  }

  private static String text(Envelope dsn) {
    var content = assertInstanceOf(Content.Inline.class, dsn.content());
    return new String(content.octets().toArray(), StandardCharsets.UTF_8);
  }
}
