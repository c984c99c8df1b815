package io.posthouse.storage.crypt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// OpenSSL makes the keys, and reads the mail that was encrypted for them.
final class SmimePeerIT {
  private final Peer openssl = Peer.named("openssl");
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "rsa:2048, AES_CBC, PKCS1",
    "rsa:3072, AES_CBC, OAEP",
    "rsa:2048, AES_GCM, OAEP",
    "prime256v1, AES_CBC, PKCS1",
    "secp384r1, AES_GCM, PKCS1"
  })
  void openssl_reads_what_was_encrypted_for_its_key(
      String key, Keys.Cipher cipher, Keys.KeyTransport transport) throws IOException {
    var keys = new Keys.Smime(List.of(certificate("alice", key)), cipher, transport);
    assertReads("alice", keys);
  }

  @Test
  void each_of_several_owners_reads_it() throws IOException {
    var certificates = List.of(certificate("rsa", "rsa:2048"), certificate("ec", "prime256v1"));
    var keys = new Keys.Smime(certificates, Keys.Cipher.AES_CBC, Keys.KeyTransport.PKCS1);
    assertReads("rsa", keys);
    assertReads("ec", keys);
  }

  private void assertReads(String owner, Keys.Smime keys) throws IOException {
    var body = BinaryMail.body(100_000);
    var mail = BinaryMail.encrypted(BinaryMail.mail(body), keys);
    var clear = folder.resolve("clear");
    run(
        List.of("cms", "-decrypt", "-binary"),
        List.of("-in", Files.write(folder.resolve("mail"), mail.toArray()).toString()),
        List.of("-recip", file(owner, "crt"), "-inkey", file(owner, "key")),
        List.of("-out", clear.toString()));
    assertArrayEquals(BinaryMail.entity(body).toArray(), Files.readAllBytes(clear));
  }

  /// @param key `rsa:` and its length, or the name of a curve
  private String certificate(String owner, String key) throws IOException {
    var kind =
        key.startsWith("rsa:")
            ? List.of("-newkey", key)
            : List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + key);
    run(
        List.of("req", "-x509", "-nodes", "-subj", "/CN=" + owner),
        kind,
        List.of("-keyout", file(owner, "key"), "-out", file(owner, "crt")));
    return Files.readString(Path.of(file(owner, "crt")));
  }

  private String file(String owner, String kind) {
    return folder.resolve(owner + "." + kind).toString();
  }

  @SafeVarargs
  private void run(List<String>... arguments) {
    var all = new ArrayList<String>();
    for (var some : arguments) all.addAll(some);
    var ended = openssl.run(all.toArray(String[]::new));
    assertEquals(0, ended.exitCode(), ended.said());
  }
}
