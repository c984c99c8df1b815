package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Samples;
import io.posthouse.outcome.Scope;
import io.posthouse.peers.Peer;
import io.posthouse.peers.Ports;
import io.posthouse.pki.TestAuthority;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dovecot, which takes mail by LMTP for its own users, and by submission, after a login, for
/// everybody: a next hop and a smarthost that somebody else wrote.
class DovecotPeerIT {
  private static final String ROUTE = "delivery.routes.\"*\".";
  private static final List<String> PATIENT =
      Stream.of("greeting", "tls", "rcpt", "end")
          .map(wait -> "delivery.timeouts." + wait + "=20s")
          .toList();

  private final ScriptedMx relay = ScriptedMx.start();
  @TempDir Path folder;
  private Peer dovecot;
  private int lmtp;
  private int submission;

  @BeforeEach
  void configure() throws IOException {
    dovecot = Peer.named("dovecot");
    lmtp = Ports.free();
    submission = Ports.free();
    var server = TestAuthority.named("Test Root").issue("127.0.0.1");
    server.writeChain(folder.resolve("cert.pem"));
    server.writeKey(folder.resolve("key.pem"));
    Files.writeString(
        folder.resolve("users"), "carol@example.net:{PLAIN}secret::::::\nus:{PLAIN}secret::::::\n");
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void lmtp_answers_for_each_recipient() throws IOException {
    var events =
        deliver(
            "plain",
            lmtp,
            List.of(ROUTE + "hosts=127.0.0.1:" + lmtp, ROUTE + "protocol=lmtp"),
            worker -> {
              var nobody = Samples.remote("nobody@example.net");
              worker.deliver(Samples.message(Samples.CAROL, nobody));
            });
    var delivered = only(events, MailEvent.Delivered.class);
    assertEquals("carol@example.net", delivered.to().toString());
    assertTrue(
        events.stream()
            .anyMatch(event ->
                event instanceof MailEvent.Bounced bounced
                    && bounced.to().toString().equals("nobody@example.net")
                    && bounced.scope() == Scope.RECIPIENT),
        events::toString);
    assertTrue(stored().endsWith("Subject: hello\r\n\r\nHello.\r\n"), stored());
  }

  @ParameterizedTest
  @ValueSource(strings = {"scram-sha-256", "plain", "login"})
  void a_smarthost_takes_mail_after_a_login_inside_tls(String mechanism) throws IOException {
    var events =
        deliver(
            mechanism,
            submission,
            List.of(
                ROUTE + "hosts=127.0.0.1:" + submission,
                ROUTE + "tls=encrypted",
                ROUTE + "auth.user=us",
                ROUTE + "auth.password=secret"),
            worker -> worker.deliver(Samples.message(Samples.CAROL)));
    var delivered = only(events, MailEvent.Delivered.class);
    assertEquals("carol@example.net", delivered.to().toString());
    assertEquals(1, relay.messages().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"scram-sha-256", "plain"})
  void a_smarthost_that_knows_another_password_bounces_nobody(String mechanism) throws IOException {
    var events =
        deliver(
            mechanism,
            submission,
            List.of(
                ROUTE + "hosts=127.0.0.1:" + submission,
                ROUTE + "tls=encrypted",
                ROUTE + "auth.user=us",
                ROUTE + "auth.password=wrong"),
            worker -> worker.deliver(Samples.message(Samples.CAROL)));
    var deferred = only(events, MailEvent.Deferred.class);
    assertEquals("4.7.0", deferred.evidence().status().toString());
    assertEquals(0, relay.messages().size());
  }

  private interface Deliveries {
    void with(Worker worker);
  }

  private List<MailEvent> deliver(
      String mechanism, int port, List<String> settings, Deliveries deliveries) throws IOException {
    Files.writeString(folder.resolve("dovecot.conf"), configuration(mechanism));
    var process = dovecot.start("-F", "-c", folder.resolve("dovecot.conf").toString());
    var all = Stream.concat(PATIENT.stream(), settings.stream()).toArray(String[]::new);
    try (var worker = new Worker(all)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> isListening(port));
      deliveries.with(worker);
      return List.copyOf(worker.events);
    } finally {
      process.destroy();
      await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
    }
  }

  private static <T extends MailEvent> T only(List<MailEvent> events, Class<T> type) {
    var found = events.stream().filter(type::isInstance).map(type::cast).toList();
    assertEquals(1, found.size(), events::toString);
    return found.getFirst();
  }

  private String stored() throws IOException {
    try (var files = Files.walk(folder.resolve("home"))) {
      var message = files.filter(f -> f.toString().contains("/new/")).findFirst().orElseThrow();
      // A Maildir has lines as the system has them.
      return Files.readString(message, StandardCharsets.UTF_8).replace("\n", "\r\n");
    }
  }

  /// Everything below the folder and under our own user, so that no privilege is needed.
  private String configuration(String mechanism) throws IOException {
    var owner = Files.getOwner(folder).getName();
    var isRoot = owner.equals("root");
    // It serves no mail as root, not even to itself.
    if (isRoot) Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    var user = isRoot ? "nobody" : owner;
    var group = isRoot ? "nogroup" : Files.getAttribute(folder, "posix:group").toString();
    return """
    base_dir = %1$s/run
    state_dir = %1$s/state
    log_path = %1$s/log
    protocols = lmtp submission
    listen = 127.0.0.1
    default_internal_user = %2$s
    default_internal_group = %3$s
    default_login_user = %2$s
    first_valid_uid = 0
    first_valid_gid = 0
    ssl = yes
    ssl_cert = <%1$s/cert.pem
    ssl_key = <%1$s/key.pem
    disable_plaintext_auth = yes
    auth_mechanisms = %4$s
    mail_location = maildir:~/mail
    passdb {
      driver = passwd-file
      args = %1$s/users
    }
    userdb {
      driver = static
      args = uid=%2$s gid=%3$s home=%1$s/home/%%u
    }
    service lmtp {
      chroot =
      inet_listener lmtp {
        address = 127.0.0.1
        port = %5$d
      }
    }
    service anvil {
      chroot =
    }
    service submission-login {
      chroot =
      inet_listener submission {
        port = %6$d
      }
    }
    submission_relay_host = 127.0.0.1
    submission_relay_port = %7$d
    """
        .formatted(folder, user, group, mechanism, lmtp, submission, relay.port());
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
