package io.posthouse.storage.crypt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import io.posthouse.peers.Peer;
import io.posthouse.storage.crypt.Encryption.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GnuPG makes the keys, and reads what was encrypted for them.
final class PgpPeerIT {
  private static final String USER = "alice@example.test";

  private final Peer gpg = Peer.named("gpg");
  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    var owners = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    home = Files.createDirectory(folder.resolve("home"), owners);
  }

  @AfterEach
  void endAgent() {
    Peer.named("gpgconf").run("--homedir", home.toString(), "--kill", "all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa3072", "cv25519", "nistp256"})
  void gnupg_reads_what_was_encrypted_for_its_key(String algorithm) throws IOException {
    makeKey(USER, algorithm, "never");
    var body = BinaryMail.body(10_000);
    var message = BinaryMail.encrypted(BinaryMail.mail(body), exported(USER));
    assertArrayEquals(BinaryMail.entity(body).toArray(), decrypted(message));
  }

  @Test
  void a_message_of_fifty_megabytes_comes_out_as_it_went_in() throws IOException {
    makeKey(USER, "cv25519", "never");
    var body = BinaryMail.body(50 << 20);
    var message = BinaryMail.encrypted(BinaryMail.mail(body), exported(USER));
    assertArrayEquals(BinaryMail.entity(body).toArray(), decrypted(message));
  }

  @Test
  void what_it_reads_has_its_integrity_protected_and_is_not_compressed() throws IOException {
    makeKey(USER, "cv25519", "never");
    var message = BinaryMail.encrypted(BinaryMail.mail(BinaryMail.body(100)), exported(USER));
    var said = run("--list-packets", block(message).toString()).said();
    assertTrue(said.contains("mdc_method: 2"), said);
    assertTrue(said.contains("literal data packet:\n\tmode b"), said);
    assertFalse(said.contains("compressed packet"), said);
  }

  @Test
  void a_key_that_has_expired_encrypts_nothing_and_one_beside_it_does() throws IOException {
    makeKey("old@example.test", "cv25519", "2001-02-03", "--faked-system-time", "20010101T000000");
    var old = exported("old@example.test");
    assertInstanceOf(Result.Impossible.class, encrypt(old));
    makeKey(USER, "cv25519", "never");
    var both = new Keys.OpenPgp(old.armoured() + exported(USER).armoured());
    var message = assertInstanceOf(Result.Encrypted.class, encrypt(both)).message();
    var said = run("--list-packets", block(message).toString()).said();
    assertEquals(1, said.split("pubkey enc packet", -1).length - 1, said);
  }

  @Test
  void a_key_that_was_revoked_encrypts_nothing() throws IOException {
    makeKey(USER, "cv25519", "never");
    assertInstanceOf(Result.Encrypted.class, encrypt(exported(USER)));
    run("--import", unlocked(home.resolve("openpgp-revocs.d")).toString());
    assertInstanceOf(Result.Impossible.class, encrypt(exported(USER)));
  }

  private static Result encrypt(Keys keys) {
    return Encryption.encrypt(BinaryMail.mail(BinaryMail.body(10)), keys, Instant.now());
  }

  /// A primary key that signs, and a subkey that encrypts.
  private void makeKey(String user, String algorithm, String expires, String... more) {
    var options = new ArrayList<>(List.of(more));
    var signing = algorithm.equals("cv25519") ? "ed25519" : algorithm;
    run(options, "--quick-gen-key", user, signing, "cert", expires);
    var fingerprint =
        run(options, "--with-colons", "--list-keys", user)
            .said()
            .lines()
            .filter(line -> line.startsWith("fpr:"))
            .findFirst()
            .orElseThrow()
            .split(":")[9];
    run(options, "--quick-add-key", fingerprint, algorithm, "encr", expires);
  }

  private Keys.OpenPgp exported(String user) {
    return new Keys.OpenPgp(run("--armor", "--export", user).said());
  }

  private byte[] decrypted(Octets message) throws IOException {
    var clear = folder.resolve("clear");
    run("--output", clear.toString(), "--decrypt", block(message).toString());
    return Files.readAllBytes(clear);
  }

  private Path block(Octets message) throws IOException {
    return Files.write(folder.resolve("message"), message.toArray());
  }

  /// GnuPG keeps a revocation ready, with a colon before its first line so that nobody imports it
  /// by mistake.
  private Path unlocked(Path revocations) throws IOException {
    try (var files = Files.list(revocations)) {
      var file = files.findFirst().orElseThrow();
      var text = Files.readString(file).replace(":-----BEGIN", "-----BEGIN");
      return Files.writeString(folder.resolve("revocation"), text);
    }
  }

  private Peer.Ended run(String... arguments) {
    return run(List.of(), arguments);
  }

  private Peer.Ended run(List<String> options, String... arguments) {
    var all =
        new ArrayList<>(
            List.of("--homedir", home.toString(), "--batch", "--quiet", "--no-permission-warning"));
    all.addAll(List.of("--pinentry-mode", "loopback", "--passphrase", ""));
    all.addAll(options);
    all.addAll(List.of(arguments));
    var ended = gpg.run(all.toArray(String[]::new));
    assertEquals(0, ended.exitCode(), ended.said());
    return ended;
  }
}
