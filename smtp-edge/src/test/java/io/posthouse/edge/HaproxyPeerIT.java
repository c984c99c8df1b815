package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.peers.Peer;
import io.posthouse.peers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HAProxy in front, which brings clients with headers of both versions, and looks whether we are
/// there.
class HaproxyPeerIT {
  private static final String LISTENERS =
      "listeners=["
          + "{name: mx, port: 0, address: 127.0.0.1, proxy_protocol: 127.0.0.0/8},"
          + "{name: submissions, kind: submissions, port: 0, address: 127.0.0.1,"
          + " proxy_protocol: 127.0.0.0/8}]";
  private static final String MAIL =
      """
      S: 220
      C: EHLO client.example.org
      S: 250
      C: MAIL FROM:<>
      S: 250
      C: RCPT TO:<bob@example.net>
      S: 250
      C: DATA
      S: 354
      C: .
      S: 250
      C: QUIT
      S: 221
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
  void brings_clients_and_their_tls(String header) throws Exception {
    var haproxy = Peer.named("haproxy");
    try (var edge = new TestEdge(LISTENERS).start(TestIdentity.in(folder))) {
      var mx = Ports.free();
      var submissions = Ports.free();
      var settings =
          Files.writeString(
              folder.resolve("haproxy.cfg"),
              """
              global
              defaults
                mode tcp
                timeout connect 5s
                timeout client 30s
                timeout server 30s
              listen mx
                bind 127.0.0.1:%d
                server edge 127.0.0.1:%d %s check inter 200
              listen submissions
                bind 127.0.0.1:%d
                server edge 127.0.0.1:%d %s check inter 200
              """
                  .formatted(
                      mx, edge.port("mx"), header, submissions, edge.port("submissions"), header));
      var process = haproxy.start("-db", "-f", settings.toString());
      try {
        await().until(() -> listens(mx) && listens(submissions));
        try (var client = SmtpClient.connect(mx)) {
          client.play(MAIL);
        }
        var brought = edge.queued().getFirst().client();
        assertTrue(brought.passage().proxy().isPresent());
        assertEquals("127.0.0.1", brought.address().getHostAddress());
        try (var client = SmtpClient.connect(submissions)) {
          client.play(
              "C: (TLS)\nS: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 235");
        }
        assertTrue(edge.events.stream().noneMatch(e -> e.toString().contains("Refused")));
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
