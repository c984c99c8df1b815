package io.posthouse.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.dkim.SigningKeys;
import io.posthouse.dkim.SigningWorld;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.MessageSource;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Action;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Evidence.Replied;
import io.posthouse.outcome.MxHost;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What senders find in their mailboxes.
class NoticeTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final MxHost MX =
      new MxHost("mx1.example.net", InetAddress.ofLiteral("192.0.2.25"), 25);
  private static final Evidence TAKEN = new Replied(MX, Reply.plain(250, "Ok: queued as 4XyZ"));
  private static final Evidence BUSY = new Replied(MX, Reply.plain(451, "busy"));
  private static final Evidence NO_SUCH_USER =
      new Replied(MX, Reply.of(550, "5.1.1", "No such user"));
  private static final Recipient JURGEN = Samples.remote("jürgen@example.net");

  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final List<MailEvent> events = new ArrayList<>();
  private final Notifier notifier =
      new Notifier(
          new DurableQueue(queue),
          new Reporter("us.example.org", "worker-1"),
          Optional.empty(),
          events::add,
          1_000_000);

  @Test
  void a_delay_is_told_with_the_time_until_which_it_is_tried() {
    var until = Instant.parse("2026-03-07T08:14:07Z");
    var text =
        text(
            told(
                Samples.message(Samples.CAROL), new Fate.Delayed(Samples.CAROL, BUSY, NOW, until)));
    assertHas(text, "Subject: Your message is delayed");
    assertHas(text, "not send it again: it is tried until Sat, 7 Mar 2026 08:14:07 +0000, and you");
    assertHas(text, "Action: delayed");
    assertHas(text, "Status: 4.0.0");
    assertHas(text, "Will-Retry-Until: Sat, 7 Mar 2026 08:14:07 +0000");
    assertNotified(Action.DELAYED);
  }

  @Test
  void a_notice_is_signed_by_the_domain_of_our_name() throws Closed {
    var world = new SigningWorld().with("example.org", "RSA", "Ed25519");
    var arrived = noticeSignedBy(world);
    assertTrue(world.isGood(arrived, 2), arrived);
    assertHas(arrived, "d=example.org;");
  }

  @Test
  void a_notice_does_not_wait_for_keys() throws Closed {
    var down = new SigningKeys.Found.Unavailable("down");
    var world = new SigningWorld().with("us.example.org", down);
    assertFalse(noticeSignedBy(world).contains("DKIM-Signature"));
    assertEquals(1, world.counted("not_now"));
  }

  @Test
  void what_was_passed_on_is_told_with_the_host_that_has_it() {
    var carol = Samples.notifying(Samples.CAROL, Notify.SUCCESS);
    var text = text(told(Samples.message(carol), new Fate.Relayed(carol, TAKEN, NOW)));
    assertHas(text, "Subject: Your message was passed on");
    assertHas(text, "Action: relayed");
    assertHas(text, "Status: 2.0.0");
    assertHas(text, "Remote-MTA: dns; mx1.example.net");
    assertNotified(Action.RELAYED);
  }

  @Test
  void a_delivery_is_told_with_the_header_and_never_with_the_content() {
    var alice = Samples.notifying(Samples.ALICE, Notify.SUCCESS);
    var stored = new Observed(EnhancedStatus.of("2.1.5"), "stored");
    var message = returning(Return.FULL, Samples.message(alice));
    var text = text(told(message, new Fate.Delivered(alice, stored, NOW)));
    assertHas(text, "Action: delivered");
    assertHas(text, "Status: 2.1.5");
    assertHas(text, "Subject: hello");
    assertFalse(text.contains("Hello."), text);
    assertNotified(Action.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "'',              true,  true,  false",
    "NEVER,           false, false, false",
    "SUCCESS,         false, false, true",
    "FAILURE,         true,  false, false",
    "DELAY,           false, true,  false",
    "SUCCESS FAILURE, true,  false, true",
  })
  void a_sender_hears_what_it_asked_for(
      String notify, boolean failure, boolean delay, boolean success) {
    var asked = notify.isEmpty() ? List.<String>of() : List.of(notify.split(" "));
    var to =
        Samples.notifying(
            Samples.CAROL, asked.stream().map(Notify::valueOf).toArray(Notify[]::new));
    assertEquals(failure, new Fate.Failed(to, BUSY, NOW).isWanted());
    assertEquals(failure, new Fate.Expired(to, BUSY, NOW).isWanted());
    assertEquals(delay, new Fate.Delayed(to, BUSY, NOW, NOW).isWanted());
    assertEquals(success, new Fate.Relayed(to, TAKEN, NOW).isWanted());
    assertEquals(success, new Fate.Delivered(to, TAKEN, NOW).isWanted());
  }

  @Test
  void news_of_one_kind_share_a_dsn_and_those_of_another_have_their_own() throws Closed {
    var dave = Samples.notifying(Samples.DAVE, Notify.SUCCESS);
    var erin = Samples.remote("erin@example.net");
    var message = Samples.message(Samples.CAROL, dave, erin);
    var fates =
        List.<Fate>of(
            new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW),
            new Fate.Relayed(dave, TAKEN, NOW),
            new Fate.Expired(erin, BUSY, NOW));
    var told = notifier.tell(message, source(message), fates, NOW);
    assertEquals(2, queue.envelopes("remote").size());
    assertEquals(told.get(Samples.CAROL), told.get(erin));
    assertEquals(2, text(queue.envelopes("remote").getFirst()).split("Action: failed").length - 1);
    assertEquals(told, notifier.tell(message, source(message), fates, NOW), "made again");
  }

  @Test
  void nobody_hears_of_what_nobody_sent() throws Closed {
    var message = Samples.from(new ReversePath.Null(), Samples.message(Samples.CAROL));
    var fates = List.<Fate>of(new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW));
    assertTrue(notifier.tell(message, source(message), fates, NOW).isEmpty());
    assertEquals(0, queue.records("remote").size());
  }

  @Test
  void a_message_is_returned_whole_where_its_sender_asked_for_it() {
    var message = returning(Return.FULL, Samples.message(Samples.CAROL));
    var dsn = told(message, new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW));
    assertHas(
        text(dsn),
        "Content-Type: message/rfc822\r\n\r\nReceived: from client.example.com\r\n"
            + "Subject: hello\r\n\r\nHello.\r\n\r\n--");
    assertEquals(Body.SEVEN_BIT, dsn.parameters().body());
  }

  @Test
  void an_eight_bit_message_is_returned_whole_in_an_eight_bit_dsn() {
    var message =
        returning(Return.FULL, Samples.message(Samples.text("A: b\r\n\r\nbrød"), Samples.CAROL));
    var dsn = told(message, new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW));
    assertHas(text(dsn), "Content-Transfer-Encoding: 8bit\r\n\r\nReceived:");
    assertHas(text(dsn), "brød\r\n--=_");
    assertEquals(Body.EIGHT_BIT_MIME, dsn.parameters().body());
    assertFalse(dsn.parameters().smtpUtf8());
  }

  @Test
  void a_long_message_is_returned_whole_through_chunks() throws IOException {
    var line = "x".repeat(70) + "\r\n";
    var content = Samples.text("Subject: long\r\n\r\n" + line.repeat(13_000));
    var message = returning(Return.FULL, Samples.message(content, Samples.CAROL));
    var dsn = told(message, new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW));
    assertTrue(dsn.content() instanceof Content.Chunked);
    assertHas(text(dsn), "\r\nSubject: long\r\n\r\nxxx");
    assertHas(text(dsn), line + "\r\n--=_" + dsn.queueId() + "_dsn--");
  }

  @ParameterizedTest
  @CsvSource({"1000001, 7", "10, 0", "10, N"})
  void what_is_too_long_or_no_text_is_returned_as_its_header(int length, char octet) {
    var text = String.valueOf(octet == '7' ? 'x' : octet == '0' ? '\0' : '\n').repeat(length);
    var lines = text.replaceAll("(x{70})", "$1\r\n") + "\r\n";
    var message =
        returning(
            Return.FULL, Samples.message(Samples.text("A: b\r\n\r\n" + lines), Samples.CAROL));
    var dsn = text(told(message, new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW)));
    assertHas(dsn, "Content-Type: text/rfc822-headers");
    assertFalse(dsn.contains(text), dsn);
  }

  @Test
  void what_required_tls_comes_back_as_its_header_and_requires_tls() {
    var secret =
        new MailParameters(Body.SEVEN_BIT, false, Optional.of(Return.FULL), Optional.empty(), true);
    var message = Samples.declaring(secret, Samples.message(Samples.CAROL));
    var dsn = told(message, new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW));
    assertTrue(dsn.parameters().requireTls());
    assertFalse(text(dsn).contains("Hello."), text(dsn));
  }

  @Test
  void a_message_that_cannot_be_read_is_told_of_all_the_same() throws Closed {
    var message = returning(Return.FULL, Samples.message(Samples.CAROL));
    MessageSource broken =
        () -> {
          throw new IOException("no broker");
        };
    var fates = List.<Fate>of(new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW));
    assertEquals(1, notifier.tell(message, broken, fates, NOW).size());
    assertHas(text(queue.envelopes("remote").getFirst()), "Action: failed");
  }

  @Test
  void a_utf8_recipient_is_told_in_utf8_that_any_host_carries() {
    var message = utf8(Samples.message(Samples.text("Subject: grüße\r\n\r\nx\r\n"), JURGEN));
    var dsn = told(message, new Fate.Failed(JURGEN, NO_SUCH_USER, NOW));
    var text = text(dsn);
    assertTrue(text.chars().allMatch(c -> c < 128), text);
    assertHas(text, "Content-Type: message/global-delivery-status\r\n");
    assertHas(text, "Content-Transfer-Encoding: quoted-printable\r\n");
    assertHas(text, "Final-Recipient: utf-8; j=C3=BCrgen@example.net");
    assertHas(text, "Content-Type: message/global-headers\r\n");
    assertHas(text, "Subject: gr=C3=BC=C3=9Fe");
    assertEquals(MailParameters.NONE, dsn.parameters());
  }

  @Test
  void a_utf8_sender_is_told_in_plain_utf8() {
    var sender = new ReversePath.Sender(MailAddress.of("jürgen@example.com"));
    var content = Samples.text("Subject: grüße\r\n\r\nx\r\n");
    var message = Samples.from(sender, utf8(Samples.message(content, JURGEN)));
    var dsn = told(message, new Fate.Failed(JURGEN, NO_SUCH_USER, NOW));
    var text = text(dsn);
    assertHas(text, "To: jürgen@example.com");
    assertHas(text, "Final-Recipient: utf-8; jürgen@example.net");
    assertHas(text, "Content-Type: message/global\r\nContent-Transfer-Encoding: 8bit\r\n\r\nRec");
    assertHas(text, "Subject: grüße");
    assertTrue(dsn.parameters().smtpUtf8());
    assertEquals(Body.EIGHT_BIT_MIME, dsn.parameters().body());
  }

  @Test
  void a_utf8_original_recipient_is_told_in_utf8() {
    var carol =
        new Recipient(
            Samples.CAROL.address(),
            Samples.CAROL.destination(),
            Set.of(),
            Optional.of("utf-8;j\\x{FC}rgen@example.org"));
    var text = text(told(Samples.message(carol), new Fate.Failed(carol, NO_SUCH_USER, NOW)));
    assertHas(text, "Original-Recipient: utf-8; j=C3=BCrgen@example.org");
    assertHas(text, "Final-Recipient: rfc822; carol@example.net");
  }

  private Envelope told(Envelope message, Fate fate) {
    try {
      var about = message.forRecipients(List.of(fate.recipient()));
      var id = notifier.tell(about, source(message), List.of(fate), NOW).get(fate.recipient());
      return queue.envelopes("remote").stream()
          .filter(e -> e.queueId().equals(id))
          .findFirst()
          .orElseThrow();
    } catch (Closed e) {
      throw new AssertionError(e);
    }
  }

  /// A notice as a host gets it.
  private String noticeSignedBy(SigningWorld world) throws Closed {
    var signing =
        new Notifier(
            new DurableQueue(queue),
            new Reporter("us.example.org", "worker-1"),
            Optional.of(world.signer()),
            events::add,
            1_000_000);
    var message = Samples.message(Samples.CAROL);
    var fates = List.<Fate>of(new Fate.Delayed(Samples.CAROL, BUSY, NOW, NOW));
    assertEquals(1, signing.tell(message, source(message), fates, NOW).size());
    var notice = queue.envelopes("remote").getLast();
    return new String(notice.trace().toArray(), StandardCharsets.UTF_8) + text(notice);
  }

  private void assertNotified(Action action) {
    var event = (MailEvent.Notified) events.getFirst();
    QueueId dsn = queue.envelopes("remote").getFirst().queueId();
    assertEquals(action, event.action());
    assertEquals(dsn, event.dsn());
  }

  private static void assertHas(String text, String part) {
    assertTrue(text.contains(part), () -> part + "\n--- is not in ---\n" + text);
  }

  private static Envelope returning(Return what, Envelope message) {
    return Samples.declaring(
        new MailParameters(Body.EIGHT_BIT_MIME, false, Optional.of(what), Optional.empty(), false),
        message);
  }

  /// As its sender's host declared it, and asked to have it back.
  private static Envelope utf8(Envelope message) {
    return Samples.declaring(
        new MailParameters(
            Body.EIGHT_BIT_MIME, true, Optional.of(Return.FULL), Optional.empty(), false),
        message);
  }

  private static MessageSource source(Envelope message) {
    var content = ((Content.Inline) message.content()).octets();
    return () -> new SequenceInputStream(message.trace().input(), content.input());
  }

  private String text(Envelope dsn) {
    try (var content = queue.open(dsn.queueId(), dsn.content())) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
