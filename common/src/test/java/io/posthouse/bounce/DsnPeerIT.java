package io.posthouse.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Evidence.Replied;
import io.posthouse.outcome.MxHost;
import io.posthouse.peers.Peer;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our DSNs as Python's `email` package reads them, which was written by somebody else.
class DsnPeerIT {
  /// Prints what it finds: types, fields of the status part, the last part; and every defect.
  private static final String READ =
      """
      import email, email.policy, quopri, sys
      out = sys.stdout.buffer
      def say(*words): out.write((" ".join(words) + "\\n").encode("utf-8"))
      def decoded(part):
          raw = part.get_payload(0).as_bytes() if part.is_multipart() else part.get_payload(decode=True)
          nested = part.is_multipart() and part["Content-Transfer-Encoding"] == "quoted-printable"
          return (quopri.decodestring(raw) if nested else raw).decode("utf-8")
      message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
      say("to", message["To"])
      say("report", message.get_content_type(), message.get_param("report-type"))
      for part in message.walk():
          for defect in part.defects: say("defect", repr(defect))
      text, status, original = message.get_payload()
      say("text", text.get_content_type(), text.get_content().splitlines()[0])
      say("status", status.get_content_type())
      if status.get_content_type() == "message/delivery-status":
          blocks = [block.items() for block in status.get_payload()]
      else:
          blocks = [email.message_from_string(block).items()
                    for block in decoded(status).replace("\\r", "").strip().split("\\n\\n")]
      for block in blocks:
          for name, value in block: say("field", name + ":", value)
      say("original", original.get_content_type())
      for line in decoded(original).strip().splitlines(): say("|", line)
      """;

  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final MxHost MX =
      new MxHost("mx1.example.net", InetAddress.ofLiteral("192.0.2.25"), 25);
  private static final Evidence NO_SUCH_USER =
      new Replied(MX, Reply.of(550, "5.1.1", "No such user"));
  private static final Evidence STORED =
      new Observed(EnhancedStatus.of("2.1.5"), "stored in the mailbox");
  private static final String TEXT = "text text/plain This is the mail system at us.example.org.";

  private final Reporter reporter = new Reporter("us.example.org", "worker-1");
  private Peer python;
  @TempDir private Path folder;

  @BeforeEach
  void find() {
    python = Peer.named("python3");
  }

  @Test
  void python_reads_several_failures_of_one_message() throws IOException {
    var carol =
        new Recipient(
            Samples.CAROL.address(),
            Samples.CAROL.destination(),
            Set.of(Notify.FAILURE),
            Optional.of("rfc822;list+2Bcarol@example.org"));
    var message = declaring(Optional.empty(), false, Samples.message(carol, Samples.DAVE));
    var busy = new Observed(EnhancedStatus.of("4.4.1"), "no answer");
    assertEquals(
        """
        to sender@example.com
        report multipart/report delivery-status
        TEXT
        status message/delivery-status
        field Original-Envelope-Id: batch=7
        field Reporting-MTA: dns; us.example.org
        field Arrival-Date: Mon, 2 Mar 2026 08:14:07 +0000
        field Original-Recipient: rfc822; list+carol@example.org
        field Final-Recipient: rfc822; carol@example.net
        field Action: failed
        field Status: 5.1.1
        field Remote-MTA: dns; mx1.example.net
        field Diagnostic-Code: smtp; 550 5.1.1 No such user
        field Last-Attempt-Date: Mon, 2 Mar 2026 09:00:00 +0000
        field Final-Recipient: rfc822; dave@example.org
        field Action: failed
        field Status: 4.4.7
        field Diagnostic-Code: x-posthouse; no answer
        field Last-Attempt-Date: Mon, 2 Mar 2026 09:00:00 +0000
        original text/rfc822-headers
        | Received: from client.example.com
        | Subject: hello
        """,
        read(
            message,
            new Fate.Failed(carol, NO_SUCH_USER, NOW),
            new Fate.Expired(Samples.DAVE, busy, NOW)));
  }

  @Test
  void python_reads_a_message_that_is_returned_whole() throws IOException {
    var content = Samples.text("Subject: brød\r\n\r\nsmørrebrød\r\n--=_\r\n.");
    var ascii = Samples.text("Subject: bread\r\n\r\nsmørrebrød\r\n--=_\r\n.");
    var message = declaring(Optional.of(Return.FULL), false, Samples.message(ascii, Samples.CAROL));
    var whole = read(message, new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW));
    assertEquals(
        """
        original message/rfc822
        | Received: from client.example.com
        | Subject: bread
        |
        | smørrebrød
        | --=_
        | .
        """,
        original(whole));
    var sender = new ReversePath.Sender(MailAddress.of("jürgen@example.com"));
    var global =
        Samples.from(
            sender,
            declaring(Optional.of(Return.FULL), true, Samples.message(content, Samples.CAROL)));
    assertEquals(
        """
        original message/global
        | Received: from client.example.com
        | Subject: brød
        |
        | smørrebrød
        | --=_
        | .
        """,
        original(read(global, new Fate.Failed(Samples.CAROL, NO_SUCH_USER, NOW))));
  }

  @Test
  void python_reads_a_dsn_with_utf8_addresses_on_either_way() throws IOException {
    var jurgen = Samples.notifying(Samples.remote("jürgen@example.net"), Notify.SUCCESS);
    var content = Samples.text("Subject: grüße\r\n\r\nx\r\n");
    var message = declaring(Optional.empty(), true, Samples.message(content, jurgen));
    var expected =
        """
        report multipart/report delivery-status
        TEXT
        status message/global-delivery-status
        field Original-Envelope-Id: batch=7
        field Reporting-MTA: dns; us.example.org
        field Arrival-Date: Mon, 2 Mar 2026 08:14:07 +0000
        field Final-Recipient: utf-8; jürgen@example.net
        field Action: delivered
        field Status: 2.1.5
        field Diagnostic-Code: x-posthouse; stored in the mailbox
        field Last-Attempt-Date: Mon, 2 Mar 2026 09:00:00 +0000
        original message/global-headers
        | Received: from client.example.com
        | Subject: grüße
        """;
    var fate = new Fate.Delivered(jurgen, STORED, NOW);
    assertEquals("to sender@example.com\n" + expected, read(message, fate), "7-bit");
    var sender = new ReversePath.Sender(MailAddress.of("jürgen@example.com"));
    assertEquals(
        "to jürgen@example.com\n" + expected, read(Samples.from(sender, message), fate), "8-bit");
  }

  private static String original(String read) {
    return read.substring(read.indexOf("original "));
  }

  /// What Python printed.
  private String read(Envelope message, Fate... fates) throws IOException {
    var content = ((Content.Inline) message.content()).octets();
    var returned =
        Returned.of(
            message,
            fates[0].action(),
            () -> new SequenceInputStream(message.trace().input(), content.input()),
            100_000);
    var dsn = reporter.report(message, List.of(fates), returned, NOW).orElseThrow();
    var file = folder.resolve("dsn.eml");
    try (var octets = dsn.open()) {
      Files.write(file, octets.readAllBytes());
    }
    var ended = python.run(file, "-c", READ);
    assertEquals(0, ended.exitCode(), ended.said());
    return ended.said().replace(TEXT, "TEXT").replaceAll(" +\n", "\n");
  }

  private static Envelope declaring(Optional<Return> ret, boolean utf8, Envelope message) {
    return Samples.declaring(
        new MailParameters(Body.EIGHT_BIT_MIME, utf8, ret, Optional.of("batch+3D7"), false),
        message);
  }
}
