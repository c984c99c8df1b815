package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.edge.proxy.Headers;
import io.posthouse.telemetry.MailEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Hosts that speak for their clients over real sockets, however the network cuts what they say.
class XClientIT {
  private static final String LISTENERS =
      "listeners=["
          + "{name: mx, port: 0, address: 127.0.0.1, tls: off, xclient: 127.0.0.0/8,"
          + " xforward: 127.0.0.1/32,"
          + " proxy_protocol: 127.0.0.2/32},"
          + "{name: submission, kind: submission, port: 0, address: 127.0.0.1,"
          + " xclient: 127.0.0.0/8, xclient_login: true}]";
  private static final String TO_BOB =
      """
      C: MAIL FROM:<bob@example.net>
      S: 250
      C: RCPT TO:<bob@example.net>
      S: 250
      C: DATA
      S: 354
      C: .
      S: 250
      """;

  @TempDir static Path folder;
  private static TlsSettings tls = new TlsSettings(Optional.empty());
  private TestEdge edge = new TestEdge();

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = TestIdentity.in(folder);
  }

  @BeforeEach
  void start() {
    edge = new TestEdge(LISTENERS, "limits.connections_per_address=1").start(tls);
  }

  @AfterEach
  void close() {
    assertTrue(edge.events.stream().noneMatch(MailEvent.Bug.class::isInstance));
    edge.close();
  }

  private SmtpClient connect(String listener, Segmentation cut) {
    return SmtpClient.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port(listener)), cut);
  }

  /// C-22, C-23, C-36: a submission proxy that does not wait for the answer to XCLIENT.
  @ParameterizedTest
  @EnumSource
  void a_submission_proxy_may_talk_on_behind_xclient(Segmentation cut) {
    try (var proxy = connect("submission", cut)) {
      proxy
          .play("S: 220\nC: EHLO proxy.example.net\nS: 250")
          .play(
              """
              C: XCLIENT HELO=laptop PROTO=ESMTP LOGIN=bob PORT=51000 ADDR=IPV6:2001:db8::7
              C: EHLO proxy.example.net
              S: 220
              S: 250
              """)
          .play(TO_BOB);
    }
    var envelope = edge.queued().getFirst();
    assertEquals("2001:db8:0:0:0:0:0:7", envelope.client().address().getHostAddress());
    assertEquals(Optional.of("bob"), envelope.client().user());
    assertEquals("laptop", envelope.client().helo());
    var trace = new String(envelope.trace().toArray(), StandardCharsets.US_ASCII);
    assertTrue(trace.startsWith("Received: from laptop ([IPv6:2001:db8:0:0:0:0:0:7])"), trace);
  }

  /// nginx as a mail proxy has checked the login itself and hands over all it knows.
  @Test
  void a_mail_proxy_hands_over_its_clients() {
    try (var proxy = connect("submission", Segmentation.LINES)) {
      proxy
          .play("S: 220\nC: EHLO proxy.example.net\nS: 250")
          .play("C: XCLIENT ADDR=192.0.2.1 LOGIN=bob NAME=[UNAVAILABLE]\nS: 220")
          .play("C: EHLO laptop\nS: 250\n" + TO_BOB);
    }
    assertEquals("laptop", edge.queued().getFirst().client().helo());
  }

  /// C-35: the proxy itself is nobody, so its clients are counted one by one.
  @Test
  void limits_go_by_the_address_of_the_client_that_is_introduced() {
    try (var first = connect("mx", Segmentation.LINES);
        var second = connect("mx", Segmentation.LINES);
        var again = connect("mx", Segmentation.LINES)) {
      first.play("S: 220\nC: XCLIENT ADDR=192.0.2.1\nS: 220");
      second.play("S: 220\nC: XCLIENT ADDR=192.0.2.2\nS: 220");
      again.play("S: 220\nC: XCLIENT ADDR=192.0.2.1\nS: 421 4.7.0\nS: (closes)");
      first.play("C: XCLIENT ADDR=192.0.2.3\nS: 220");
    }
    await().until(() -> openSessions() == 0);
    try (var again = connect("mx", Segmentation.LINES)) {
      again.play("S: 220\nC: XCLIENT ADDR=192.0.2.1\nS: 220");
    }
  }

  private double openSessions() {
    return edge.metrics
        .registry()
        .getSampleValue("edge_sessions_open", new String[] {"listener"}, new String[] {"mx"});
  }

  @Test
  void a_client_of_a_proxy_is_not_the_proxy() {
    edge.close();
    edge = new TestEdge(LISTENERS.replace("127.0.0.2/32", "127.0.0.0/8")).start(tls);
    try (var client = connect("mx", Segmentation.GROUPS)) {
      client
          .behind(Headers.text("192.0.2.1", "198.51.100.1"))
          .play("S: 220\nC: XCLIENT ADDR=127.0.0.1\nS: 550 5.7.0");
    }
  }

  @Test
  void when_logins_cannot_be_looked_up_no_account_is_blamed() {
    edge.logins.breakDown("the test says so");
    try (var proxy = connect("submission", Segmentation.LINES)) {
      proxy.play("S: 220\nC: XCLIENT ADDR=192.0.2.1 LOGIN=bob\nS: 421 4.3.0\nS: (closes)");
    }
  }

  @Test
  void somebody_whom_we_do_not_know_is_not_logged_in() {
    try (var proxy = connect("submission", Segmentation.LINES)) {
      proxy.play("S: 220\nC: XCLIENT ADDR=192.0.2.1 LOGIN=mallory\nS: 550 5.7.0\nC: NOOP\nS: 250");
    }
  }

  /// A content filter hands on what it knows, and is not counted as anybody else for that.
  @ParameterizedTest
  @EnumSource
  void where_a_message_was_forwarded_from_goes_with_it(Segmentation cut) {
    try (var filter = connect("mx", cut)) {
      filter
          .play("S: 220\nC: EHLO filter\nS: 250")
          .play("C: XFORWARD ADDR=IPV6:2001:db8::7 HELO=mail IDENT=4XyZ\nS: 250")
          .play(TO_BOB);
    }
    var client = edge.queued().getFirst().client();
    assertTrue(client.address().isLoopbackAddress());
    assertEquals("filter", client.helo());
    assertEquals(
        Optional.of("addr=2001:db8:0:0:0:0:0:7 helo=mail ident=4XyZ"),
        client.passage().forwarded());
  }
}
