package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.edge.proxy.Headers;
import io.posthouse.message.Client;
import io.posthouse.telemetry.MailEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Proxies in front of real sockets, however the network cuts what they and their clients say. The
/// numbers are those of a list of troubles that other platforms had.
class ProxyProtocolIT {
  private static final String CLIENT = "192.0.2.1";
  private static final byte[] TEXT = Headers.text(CLIENT, "198.51.100.1");
  private static final byte[] BINARY = Headers.binary(CLIENT, "198.51.100.1");
  private static final String LISTENERS =
      "listeners=["
          + "{name: mx, port: 0, address: 127.0.0.1,"
          + " proxy_protocol: 127.0.0.0/8, proxy_timeout: 2s},"
          + "{name: submission, kind: submission, port: 0, address: 127.0.0.1,"
          + " proxy_protocol: 127.0.0.0/8},"
          + "{name: submissions, kind: submissions, port: 0, address: 127.0.0.1,"
          + " proxy_protocol: 127.0.0.0/8},"
          + "{name: others, port: 0, address: 127.0.0.1, proxy_protocol: 192.0.2.0/24}]";
  private static final String MAIL =
      """
      C: EHLO client.example.org
      S: 250
      C: MAIL FROM:<alice@example.org>
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
    edge = new TestEdge(LISTENERS).start(tls);
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

  private Client client() {
    return edge.queued().getFirst().client();
  }

  private List<String> refusedHeaders() {
    return edge.events.stream()
        .filter(MailEvent.ProxyHeaderRefused.class::isInstance)
        .map(event -> ((MailEvent.ProxyHeaderRefused) event).why())
        .toList();
  }

  /// C-19, C-36
  @ParameterizedTest
  @EnumSource
  void a_client_behind_a_proxy_is_known_by_its_own_address(Segmentation cut) {
    for (var header : List.of(TEXT, BINARY)) {
      try (var client = connect("mx", cut)) {
        client.behind(header).play("S: 220\n" + MAIL + "C: QUIT\nS: 221\nS: (closes)");
      }
      assertEquals(CLIENT, client().address().getHostAddress());
      assertEquals(51_000, client().port());
      assertTrue(client().passage().proxy().orElseThrow().address().isLoopbackAddress());
      var trace = new String(edge.queued().getFirst().trace().toArray(), StandardCharsets.US_ASCII);
      assertTrue(trace.startsWith("Received: from client.example.org ([192.0.2.1])\r\n"), trace);
    }
    assertEquals(2, edge.queued().size());
  }

  /// C-18
  @ParameterizedTest
  @EnumSource
  void a_header_comes_before_tls_even_in_one_segment_with_it(Segmentation cut) {
    for (var header : List.of(TEXT, BINARY)) {
      try (var client = connect("submissions", cut)) {
        client
            .behind(header)
            .play("C: (TLS)\nS: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 235");
      }
    }
  }

  /// C-20
  @Test
  void nobody_is_greeted_before_the_header() {
    try (var client = connect("mx", Segmentation.GROUPS)) {
      client.play("S: (closes)");
    }
    assertEquals(List.of("no header in time"), refusedHeaders());
  }

  /// C-21
  @Test
  void who_is_no_proxy_is_a_client_whatever_it_says() {
    try (var client = connect("others", Segmentation.GROUPS)) {
      client.play("S: 220\nC: PROXY TCP4 192.0.2.1 198.51.100.1 51000 25\nS: 500 5.5.2").play(MAIL);
    }
    assertTrue(client().address().isLoopbackAddress());
    assertEquals(Optional.empty(), client().passage().proxy());
  }

  /// C-21
  @ParameterizedTest
  @EnumSource
  void what_is_no_header_ends_the_connection_without_a_word(Segmentation cut) {
    try (var client = connect("mx", cut)) {
      client.send("PROXY TCP4 192.0.2.999 198.51.100.1 51000 25\r\n").play("S: (closes)");
    }
    await().until(() -> refusedHeaders().equals(List.of("not a known form of the line")));
    try (var client = connect("mx", Segmentation.GROUPS)) {
      client.play("C: EHLO client.example.org\nS: (closes)");
    }
    try (var client = connect("mx", cut)) {
      client.send("PROXY TCP4 192.0.2.1").endOutput();
      client.play("S: (closes)");
    }
    await()
        .until(() ->
            refusedHeaders()
                .equals(
                    List.of(
                        "not a known form of the line", "no PROXY header", "header cut short")));
  }

  /// C-37
  @ParameterizedTest
  @EnumSource
  void health_checks_are_nobodys_trouble(Segmentation cut) {
    for (var listener : List.of("mx", "submission", "submissions"))
      try (var check = connect(listener, cut)) {
        check.endOutput();
        check.play("S: (closes)");
      }
    try (var check = connect("mx", cut)) {
      check.behind(Headers.local()).play("S: 220\nC: QUIT\nS: 221\nS: (closes)");
    }
    try (var check = connect("submissions", cut)) {
      check.behind(Headers.local());
      check.play("C: (TLS)\nS: 220\nC: QUIT\nS: 221");
    }
    try (var check = connect("submissions", cut)) {
      check.behind(Headers.local()).send("");
    }
    await().until(() -> openSessions() == 0);
    assertEquals(List.of(), List.copyOf(edge.events));
  }

  private double openSessions() {
    return edge.metrics
        .registry()
        .getSampleValue(
            "edge_sessions_open", new String[] {"listener"}, new String[] {"submissions"});
  }

  @Test
  void tls_that_the_proxy_has_ended_is_tls() {
    var ended = Headers.tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", "laptop", 0);
    try (var client = connect("submission", Segmentation.GROUPS)) {
      client
          .behind(Headers.binary(CLIENT, "198.51.100.1", ended))
          .play("S: 220\nC: EHLO x\nS: 250\nC: STARTTLS\nS: 503\nC: AUTH PLAIN AGJvYgBzZWNyZXQ=")
          .play("S: 235\n" + MAIL.replace("alice@example.org", "bob@example.net"));
    }
    var facts = client().passage().tls().orElseThrow();
    assertEquals("TLSv1.3:TLS_AES_128_GCM_SHA256", facts.toString());
    assertEquals(Optional.of("CN=laptop"), facts.clientSubject());
    assertEquals("ESMTPSA", client().protocol());
  }

  /// C-35
  @Test
  void limits_go_by_the_clients_own_address() {
    edge.close();
    edge = new TestEdge(LISTENERS, "limits.connections_per_address=1").start(tls);
    try (var first = connect("mx", Segmentation.GROUPS);
        var second = connect("mx", Segmentation.GROUPS);
        var again = connect("mx", Segmentation.GROUPS)) {
      first.behind(TEXT).play("S: 220");
      second.behind(Headers.text("192.0.2.2", "198.51.100.1")).play("S: 220");
      again.behind(TEXT).play("S: 421 4.7.0\nS: (closes)");
    }
  }
}
