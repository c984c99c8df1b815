package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.config.TlsSettings.Identity;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.telemetry.MailEvent;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several certificates on real sockets, and new ones while sessions are open.
class CertificatesIT {
  private static final String LISTENERS =
      "listeners=[{name: submissions, kind: submissions, port: 0, address: 127.0.0.1},"
          + " {name: mx, port: 0, address: 127.0.0.1}]";

  @TempDir Path folder;
  private TestEdge edge = new TestEdge();

  @BeforeEach
  void start() throws Exception {
    var others = List.of(identity("smtp.example.org"), identity("*.example.com"));
    edge =
        new TestEdge(LISTENERS)
            .start(
                new TlsSettings(
                    Optional.of(identity("mx.example.net")),
                    others,
                    Optional.empty(),
                    Duration.ofMillis(100)));
  }

  @AfterEach
  void close() {
    edge.close();
  }

  private Identity identity(String name) throws Exception {
    var own = Files.createDirectory(folder.resolve(name.replace('*', 'x')));
    return TestIdentity.named(name, own);
  }

  /// The subject of the certificate that a client gets that asks for `name`.
  private String certificateFor(String name) throws Exception {
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new SmtpClient.TrustsAnybody()}, null);
    var port = edge.port("submissions");
    try (var socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      var parameters = socket.getSSLParameters();
      parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  @Test
  void a_client_gets_the_certificate_of_the_name_it_asks_for() throws Exception {
    assertEquals("CN=smtp.example.org", certificateFor("smtp.example.org"));
    assertEquals("CN=*.example.com", certificateFor("mail.example.com"));
    assertEquals("CN=mx.example.net", certificateFor("elsewhere.example"));
    assertEquals("CN=mx.example.net", certificateFor(""));
  }

  @Test
  void a_new_certificate_is_for_new_sessions_and_open_ones_go_on() throws Exception {
    try (var open = edge.client("mx")) {
      open.play("S: 220\nC: EHLO x\nS: 250\nC: STARTTLS\nS: 220\nC: (TLS)\nC: EHLO x\nS: 250");
      replace(TestIdentity.named("new.example.net", Files.createDirectory(folder.resolve("new"))));
      await().until(() -> certificateFor("").equals("CN=new.example.net"));
      assertEquals("CN=smtp.example.org", certificateFor("smtp.example.org"));
      open.play("C: MAIL FROM:<>\nS: 250\nC: QUIT\nS: 221");
    }
    assertEquals(Optional.empty(), reloaded().getLast());
  }

  private void replace(Identity by) throws Exception {
    var old = folder.resolve("mx.example.net");
    for (var file : List.of(by.key(), by.certificate()))
      Files.move(file, old.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Optional<String>> reloaded() {
    return edge.events.stream()
        .filter(MailEvent.CertificatesReloaded.class::isInstance)
        .map(event -> ((MailEvent.CertificatesReloaded) event).problem())
        .toList();
  }

  @Test
  void a_broken_file_leaves_the_certificate_we_had() throws Exception {
    Files.writeString(folder.resolve("mx.example.net/CERTIFICATE"), "nonsense");
    await().until(() -> !reloaded().isEmpty());
    assertTrue(reloaded().getFirst().isPresent());
    assertEquals("CN=mx.example.net", certificateFor(""));
  }

  @Test
  void when_the_first_of_them_ends_is_a_metric() {
    var ends =
        edge.metrics.registry().getSampleValue("edge_tls_certificate_expires_timestamp_seconds");
    assertTrue(ends > System.currentTimeMillis() / 1000.0, "ends: " + ends);
  }

  @Test
  void an_encrypted_key_is_refused_by_name() throws Exception {
    var identity = identity("encrypted.example.net");
    Files.writeString(identity.key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    var other = new TestEdge(LISTENERS);
    var e =
        assertThrows(
            CannotStartException.class,
            () -> other.start(new TlsSettings(Optional.of(identity))).close());
    assertEquals(
        "tls: %s: the key is encrypted (expected: PKCS #8 without a password; see tls.key)"
            .formatted(identity.key()),
        e.getMessage());
  }
}
