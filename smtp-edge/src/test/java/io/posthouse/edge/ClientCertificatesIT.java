package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.telemetry.MailEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that show a certificate, on real sockets.
class ClientCertificatesIT {
  private static final String LISTENERS =
      "listeners=["
          + "{name: asks, port: 0, address: 127.0.0.1, tls: implicit, client_certificates: request},"
          + "{name: needs, port: 0, address: 127.0.0.1, tls: implicit, client_certificates: require},"
          + "{name: clear, port: 0, address: 127.0.0.1, client_certificates: require}]";
  private static final Duration SELDOM = Duration.ofHours(1);

  @TempDir Path folder;
  private TestEdge edge = new TestEdge();

  @BeforeEach
  void start() throws Exception {
    var known = TestIdentity.named("known.example.org", folder("known"));
    TestIdentity.named("stranger.example.org", folder("stranger"));
    var ours = TestIdentity.named("mx.example.net", folder("ours"));
    edge =
        new TestEdge(LISTENERS)
            .start(
                new TlsSettings(
                    Optional.of(ours), List.of(), Optional.of(known.certificate()), SELDOM));
  }

  @AfterEach
  void close() {
    edge.close();
  }

  private Path folder(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  @Test
  void a_certificate_we_trust_is_let_in_and_named_in_events() throws Exception {
    assertEquals("250", mail("needs", shows("known")).substring(0, 3));
    assertEquals("550", refused("needs", shows("known")).substring(0, 3));
    assertEquals(Optional.of("CN=known.example.org"), subjectOfLastRefusal());
  }

  @Test
  void without_one_that_we_trust_nothing_goes_where_one_is_needed() throws Exception {
    assertTrue(mail("needs", shows("stranger")).startsWith("530 5.7.0"));
    assertTrue(mail("needs", new KeyManager[0]).startsWith("530 5.7.0"));
    try (var client = edge.client("clear")) {
      client.play("S: 220\nC: EHLO x\nS: 250\nC: MAIL FROM:<>\nS: 530 5.7.0");
    }
  }

  @Test
  void where_it_is_only_asked_for_a_strangers_is_as_good_as_none() throws Exception {
    assertTrue(mail("asks", shows("stranger")).startsWith("250"));
    assertTrue(refused("asks", shows("stranger")).startsWith("550"));
    assertEquals(Optional.empty(), subjectOfLastRefusal());
  }

  @Test
  void a_listener_that_asks_needs_somebody_to_trust() throws Exception {
    var identity = TestIdentity.named("other.example.net", folder("other"));
    var nobody = new TestEdge(LISTENERS);
    var refusal =
        assertThrows(
            CannotStartException.class,
            () -> nobody.start(new TlsSettings(Optional.of(identity))).close());
    assertTrue(String.valueOf(refusal.getMessage()).contains("tls.client_ca"));
  }

  @Test
  void what_speaks_no_tls_where_there_is_nothing_else_is_counted() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), edge.port("asks"))) {
      socket.getOutputStream().write("EHLO x\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> failures("not_tls") == 1);
    }
  }

  private double failures(String reason) {
    var value =
        edge.metrics
            .registry()
            .getSampleValue(
                "edge_tls_handshakes_failed_total", new String[] {"reason"}, new String[] {reason});
    return value == null ? 0 : value;
  }

  private Optional<String> subjectOfLastRefusal() {
    return edge.events.stream()
        .filter(MailEvent.Refused.class::isInstance)
        .map(MailEvent.Refused.class::cast)
        .toList()
        .getLast()
        .peer()
        .passage()
        .tls()
        .orElseThrow()
        .clientSubject();
  }

  /// The answer to MAIL.
  private String mail(String listener, KeyManager[] shown) throws Exception {
    return answer(listener, shown, "EHLO x", "MAIL FROM:<>");
  }

  /// The answer to a recipient that we do not have.
  private String refused(String listener, KeyManager[] shown) throws Exception {
    return answer(listener, shown, "EHLO x", "MAIL FROM:<>", "RCPT TO:<nobody@elsewhere.example>");
  }

  private String answer(String listener, KeyManager[] shown, String... commands) throws Exception {
    var tls = SSLContext.getInstance("TLS");
    tls.init(shown, new TrustManager[] {new SmtpClient.TrustsAnybody()}, null);
    var address = InetAddress.getLoopbackAddress();
    try (var socket = tls.getSocketFactory().createSocket(address, edge.port(listener));
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      var last = reply(in);
      for (var command : commands) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        last = reply(in);
      }
      return last;
    }
  }

  private static String reply(BufferedReader in) throws Exception {
    var line = in.readLine();
    while (line.charAt(3) == '-') line = in.readLine();
    return line;
  }

  private KeyManager[] shows(String who) throws Exception {
    var password = "changeit".toCharArray();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(folder.resolve(who).resolve("store.p12"))) {
      store.load(in, password);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
