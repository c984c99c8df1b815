package io.posthouse.ops.testbed;

import static org.junit.jupiter.api.Assumptions.abort;

import io.posthouse.config.HostPort;
import io.posthouse.peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A Postfix with folders of its own, on loopback only. It takes mail for `postfix.test` into one
/// maildir, and gives all other mail to its relay host.
public final class PostfixPeer implements AutoCloseable {
  private final Peer postfix = Peer.named("postfix");
  private final Path folder;

  /// Started. Only root can, so for others the test is skipped with one loud line.
  ///
  /// @param listen where it takes mail
  /// @param relay where it sends mail
  public PostfixPeer(HostPort listen, HostPort relay) {
    if (!"root".equals(System.getProperty("user.name"))) {
      System.out.println("NOT TESTED: only root can start Postfix");
      abort("only root can start Postfix");
    }
    folder = prepared(listen, relay);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    control("start");
    Eventually.holds("Postfix listens", () -> FreePorts.isTaken(listen));
  }

  /// Puts a message into its queue, as a program on its machine would.
  public void send(String from, String to, Path message) {
    var sendmail = Peer.named("sendmail");
    var ended = sendmail.run(message, "-i", "-C", conf().toString(), "-f", from, to);
    if (ended.exitCode() != 0) throw new AssertionError("sendmail: " + ended.said());
  }

  /// The messages it has taken.
  public List<byte[]> mails() {
    var arrived = folder.resolve("mail/inbox/new");
    if (!Files.exists(arrived)) return List.of();
    try (var files = Files.list(arrived)) {
      return files.sorted().map(PostfixPeer::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    control("abort");
  }

  private void control(String command) {
    try {
      // Its output goes nowhere: the server it leaves behind would hold on to ours.
      var _ = postfix.start("-c", conf().toString(), command).waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path conf() {
    return folder.resolve("conf");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path prepared(HostPort listen, HostPort relay) {
    try {
      // Its servers are other users, who could not enter a folder of ours.
      var folder = Files.createTempDirectory("postfix-peer");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (var name : List.of("conf", "spool", "data", "mail"))
        Files.createDirectory(folder.resolve(name));
      own(folder.resolve("data"), "postfix");
      own(folder.resolve("mail"), "nobody");
      Files.writeString(folder.resolve("conf/main.cf"), main(folder, relay));
      Files.writeString(folder.resolve("conf/master.cf"), master(listen));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void own(Path path, String user) throws IOException {
    var users = path.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(path, users.lookupPrincipalByName(user));
  }

  private static String main(Path folder, HostPort relay) {
    return """
    compatibility_level = 3.6
    queue_directory = %1$s/spool
    data_directory = %1$s/data
    command_directory = /usr/sbin
    daemon_directory = /usr/lib/postfix/sbin
    mail_owner = postfix
    setgid_group = postdrop
    myhostname = postfix.peer.test
    inet_interfaces = loopback-only
    inet_protocols = ipv4
    mydestination =
    mynetworks = 127.0.0.0/8
    alias_maps =
    alias_database =
    local_recipient_maps =
    virtual_mailbox_domains = postfix.test
    virtual_mailbox_base = %1$s/mail
    virtual_mailbox_maps = static:inbox/
    virtual_uid_maps = static:65534
    virtual_gid_maps = static:65534
    virtual_minimum_uid = 1
    relayhost = [%2$s]:%3$d
    maillog_file = %1$s/log
    maillog_file_prefixes = %1$s
    """
        .formatted(folder, relay.host(), relay.port());
  }

  private static String master(HostPort listen) {
    return """
    %s inet n - n - - smtpd
    pickup unix n - n 60 1 pickup
    cleanup unix n - n - 0 cleanup
    qmgr unix n - n 300 1 qmgr
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    smtp unix - - n - - smtp
    error unix - - n - - error
    retry unix - - n - - error
    virtual unix - n n - - virtual
    anvil unix - - n - 1 anvil
    scache unix - - n - 1 scache
    postlog unix-dgram n - n - 1 postlogd
    """
        .formatted(listen);
  }
}
