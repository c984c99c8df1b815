package io.posthouse.delivery.world;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.posthouse.peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Debian's Exim, which takes mail for anybody at any domain and keeps it in one Maildir. It offers
/// whatever it can: STARTTLS, PIPELINING, CHUNKING, 8BITMIME, SMTPUTF8, DSN.
public final class EximPeer implements AutoCloseable {
  /// The user that Debian's Exim was built for.
  private static final String USER = "Debian-exim";

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Peer exim = Peer.named("exim4");
  private final Path folder;
  private final Process daemon;

  /// Listens at this address and port. Only root can start it, so for others the test is skipped
  /// with one loud line.
  public EximPeer(String address, int port) {
    if (!"root".equals(System.getProperty("user.name"))) {
      System.out.println("NOT TESTED: only root can start Exim");
      abort("only root can start Exim");
    }
    folder = prepared(address, port);
    daemon = exim.start("-bdf", "-C", folder.resolve("exim.conf").toString());
    await().atMost(SOON).until(() -> isListening(address, port));
  }

  /// The messages in its Maildir, oldest first, lines ending as files have them.
  public List<String> mails() {
    var arrived = folder.resolve("mail/new");
    if (!Files.exists(arrived)) return List.of();
    try (var files = Files.list(arrived)) {
      return files.sorted().map(EximPeer::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    daemon.destroy();
  }

  /// One character for each octet.
  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isListening(String address, int port) {
    try (var socket = new Socket(InetAddress.ofLiteral(address), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path prepared(String address, int port) {
    try {
      var folder = Files.createTempDirectory("exim-peer");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (var name : List.of("spool", "log", "mail"))
        own(Files.createDirectory(folder.resolve(name)));
      certify(folder.resolve("key.pem"), folder.resolve("certificate.pem"));
      Files.writeString(folder.resolve("exim.conf"), configuration(folder, address, port));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// By OpenSSL: the keys that the JDK writes lack what GnuTLS wants in them.
  private static void certify(Path key, Path certificate) throws IOException {
    var request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=mx.example.net -keyout";
    var words = new ArrayList<>(List.of(request.split(" ")));
    words.addAll(List.of(key.toString(), "-out", certificate.toString()));
    var ended = Peer.named("openssl").run(words.toArray(String[]::new));
    if (ended.exitCode() != 0) throw new AssertionError("openssl: " + ended.said());
    own(key);
  }

  private static void own(Path path) throws IOException {
    var users = path.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(path, users.lookupPrincipalByName(USER));
  }

  private String configuration(Path folder, String address, int port) {
    return """
    primary_hostname = exim.peer.test
    exim_path = %5$s
    keep_environment =
    spool_directory = %1$s/spool
    log_file_path = %1$s/log/%%slog
    local_interfaces = %2$s
    daemon_smtp_ports = %3$d
    tls_advertise_hosts = *
    tls_certificate = %1$s/certificate.pem
    tls_privatekey = %1$s/key.pem
    pipelining_advertise_hosts = *
    chunking_advertise_hosts = *
    dsn_advertise_hosts = *
    smtputf8_advertise_hosts = *
    acl_smtp_rcpt = accept
    begin routers
    everybody:
      driver = accept
      transport = maildir
    begin transports
    maildir:
      driver = appendfile
      directory = %1$s/mail
      maildir_format
      batch_max = 1000
      user = %4$s
      check_string =
    """
        .formatted(folder, address, port, USER, exim.program());
  }
}
