package io.posthouse.edge.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.message.Client;
import io.posthouse.message.Destination;
import io.posthouse.message.Endpoint;
import io.posthouse.message.Passage;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.TlsFacts;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final HeaderScan EMPTY =
      new HeaderScan(0, false, Optional.empty(), Optional.empty());
  private static final Recipient BOB = recipient("bob@example.net");

  private final Trace trace = new Trace("mx.example.net");

  private static Recipient recipient(String address) {
    return new Recipient(
        MailAddress.of(address), new Destination.Remote(new Domain("example.net")));
  }

  private String lines(String client, ListenerKind kind, HeaderScan header, Recipient... to) {
    return lines(client, Passage.DIRECT, kind, header, to);
  }

  private String lines(
      String client, Passage passage, ListenerKind kind, HeaderScan header, Recipient... to) {
    var from =
        new Client(
            InetAddress.ofLiteral(client),
            40_000,
            "client.example.org",
            "ESMTPS",
            "mx",
            "edge-1",
            Optional.empty(),
            passage);
    return new String(
        trace
            .lines(
                new QueueId("0123456789abcde"),
                from,
                kind,
                List.of(to),
                header,
                Instant.parse("2026-11-02T08:14:07.412Z"))
            .toArray(),
        US_ASCII);
  }

  @Test
  void it_names_the_client_us_the_protocol_and_the_only_recipient() {
    assertEquals(
        """
        Received: from client.example.org ([192.0.2.1])
        \tby mx.example.net (Posthouse) with ESMTPS id 0123456789abcde
        \tfor <bob@example.net>;
        \tMon, 2 Nov 2026 08:14:07 +0000
        """
            .replace("\n", "\r\n"),
        lines("192.0.2.1", ListenerKind.MX, EMPTY, BOB));
  }

  @Test
  void it_names_the_tls_that_was_agreed_on_and_what_a_proxy_has_told() {
    var passage =
        new Passage(
            Optional.of(TlsFacts.of("TLSv1.3", "TLS_AES_128_GCM_SHA256")),
            Optional.of("mail.example.org"),
            Optional.of(new Endpoint(InetAddress.ofLiteral("198.51.100.9"), 25)),
            Optional.of("7f00c0de"),
            Optional.of("helo=laptop"));
    assertEquals(
        """
        Received: from client.example.org (mail.example.org [192.0.2.1])
        \tby mx.example.net (Posthouse) with ESMTPS (TLSv1.3:TLS_AES_128_GCM_SHA256) id 0123456789abcde
        \tfor <bob@example.net>;
        \tMon, 2 Nov 2026 08:14:07 +0000
        """
            .replace("\n", "\r\n"),
        lines("192.0.2.1", passage, ListenerKind.MX, EMPTY, BOB));
  }

  @Test
  void of_several_recipients_none_is_named() {
    assertEquals(
        """
        Received: from client.example.org ([IPv6:2001:db8:0:0:0:0:0:1])
        \tby mx.example.net (Posthouse) with ESMTPS id 0123456789abcde;
        \tMon, 2 Nov 2026 08:14:07 +0000
        """
            .replace("\n", "\r\n"),
        lines("2001:db8::1", ListenerKind.LMTP, EMPTY, BOB, recipient("carol@example.net")));
  }

  @Test
  void what_a_message_of_a_user_lacks_is_added() {
    var added = lines("192.0.2.1", ListenerKind.SUBMISSION, EMPTY, BOB).lines().skip(4).toList();
    assertEquals(
        List.of(
            "Date: Mon, 2 Nov 2026 08:14:07 +0000", "Message-ID: <0123456789abcde@mx.example.net>"),
        added);
    var complete = new HeaderScan(0, true, Optional.of("<1@example.org>"), Optional.empty());
    assertEquals(4, lines("192.0.2.1", ListenerKind.SUBMISSION, complete, BOB).lines().count());
  }
}
