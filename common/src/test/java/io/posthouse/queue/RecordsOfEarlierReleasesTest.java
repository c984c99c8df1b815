package io.posthouse.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.UserId;
import io.posthouse.message.Attempt;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Records as earlier releases wrote them, in hexadecimal. They lie in queues for years: never
/// change one of these files, and never change what is expected of it.
final class RecordsOfEarlierReleasesTest {
  private static final Instant ARRIVED = Instant.parse("2026-03-02T08:14:07.412Z");

  @Test
  void an_envelope_of_release_0_1_with_its_content_inline() throws MalformedRecord {
    assertEquals(
        new Envelope(
            new QueueId("0gm3w1v7h8n4tkd"),
            new ReversePath.Sender(MailAddress.of("\"the sender\"@example.com")),
            Optional.of(new Destination.Remote(new Domain("example.com"))),
            List.of(
                new Recipient(
                    MailAddress.of("jürgen@example.net"),
                    new Destination.Remote(new Domain("example.net")),
                    Set.of(Recipient.Notify.FAILURE, Recipient.Notify.DELAY),
                    Optional.of("rfc822;j+2Bx@example.net")),
                new Recipient(
                    MailAddress.of("alice@example.test"),
                    new Destination.Local(new UserId("65e2f1a09b3c4d5e6f708192")))),
            new MailParameters(
                MailParameters.Body.EIGHT_BIT_MIME,
                true,
                Optional.of(MailParameters.Return.HEADERS),
                Optional.of("QQ314159"),
                false),
            new Client(
                InetAddress.ofLiteral("2001:db8::25"),
                49152,
                "client.example.com",
                "ESMTPSA",
                "submission",
                "edge-1",
                Optional.of("alice")),
            ARRIVED,
            Octets.utf8("Received: from client.example.com\r\n"),
            new Content.Inline(Octets.of(new byte[] {'H', 'i', 0, (byte) 0xff, '\r', '\n'})),
            List.of(),
            0,
            Optional.empty()),
        EnvelopeCodec.decode(record("envelope-0.1-inline")));
  }

  @Test
  void an_envelope_of_release_0_1_that_was_deferred() throws MalformedRecord {
    assertEquals(
        new Envelope(
            new QueueId("0gm3w1v7h8n4tkd"),
            new ReversePath.Null(),
            Optional.empty(),
            List.of(
                new Recipient(
                    MailAddress.of("bob@[192.0.2.1]"),
                    new Destination.Remote(new Domain("[192.0.2.1]")),
                    Set.of(Recipient.Notify.NEVER),
                    Optional.empty())),
            MailParameters.NONE,
            new Client(
                InetAddress.ofLiteral("192.0.2.25"),
                25,
                "",
                "SMTP",
                "mx",
                "edge-2",
                Optional.empty()),
            ARRIVED,
            Octets.EMPTY,
            new Content.Chunked(7, List.of(1000L, 1003L, 5_000_000_000L), 2_000_000),
            List.of(
                new Attempt(ARRIVED.plusSeconds(1), "worker-1", "", "no route"),
                new Attempt(
                    ARRIVED.plusSeconds(62), "worker-2", "mx[192.0.2.1]:25", "452 4.2.2 full")),
            31,
            Optional.of(ARRIVED.plusSeconds(362))),
        EnvelopeCodec.decode(record("envelope-0.1-deferred")));
  }

  @Test
  void an_envelope_of_release_0_1_whose_content_lies_in_another_record() throws MalformedRecord {
    assertEquals(
        new Content.InRecord(new RecordPosition("posthouse.split", 3, 5_000_000_001L), 1234),
        EnvelopeCodec.decode(record("envelope-0.1-in-record")).content());
  }

  @Test
  void a_dead_letter_of_release_0_1() throws MalformedRecord {
    var at = new RecordPosition("posthouse.dead", 3, 7);
    var letter = DeadLetterCodec.parse(at, record("dead-letter-0.1"));
    assertEquals(
        new DeadLetter(
            at,
            ARRIVED,
            "store-1",
            "expected: at least one recipient",
            Octets.of("junk".getBytes(StandardCharsets.US_ASCII)),
            Optional.of(new RecordPosition("posthouse.local", 5, 42))),
        letter);
  }

  private static byte[] record(String name) {
    try (var in =
        RecordsOfEarlierReleasesTest.class.getResourceAsStream("/records/" + name + ".hex")) {
      if (in == null) throw new AssertionError("no record " + name);
      var text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
