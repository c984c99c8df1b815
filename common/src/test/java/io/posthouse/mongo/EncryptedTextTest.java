package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedTextTest {
  static final Optional<Secret> SECRET = Optional.of(Secret.of("a secret of ours"));

  /// The Ed25519 key of RFC 8463 §A.2 in PEM, encrypted as WildDuck does, by Node's crypto.
  static final String ENCRYPTED =
      "$wd01$aes-256-gcm$ec8d827b6dc204ce2bec99ce394fb239$000102030405060708090a0b"
          + "$101112131415161718191a1b1c1d1e1f$7f83b0bb832c2603daac3977d03eb3178a500f0a157be7faf3f3b"
          + "7a1ad6ed3b323c4c987052dadf94bfcdb5e68bf919ed13418da757f069f8bfce28d9e1e1acb29bb051b199e"
          + "adc2f5f442bf535a4ec88d0cb62bb17624e7b1290ba769bafbe81eba56f2e1daca9aa1e883f8bf24e822ff2"
          + "a290b843c5f";

  @Test
  void scrypt_derives_as_in_rfc_7914() {
    var salt = "SodiumChloride".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
        HexFormat.of().formatHex(Scrypt.derive("pleaseletmein", salt, 16_384, 8, 64)));
  }

  @Test
  void a_text_of_wildduck_is_decrypted() {
    assertTrue(
        EncryptedText.read(ENCRYPTED, SECRET)
            .startsWith("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIE"));
  }

  @Test
  void one_that_was_never_encrypted_is_as_it_is() {
    assertEquals("-----BEGIN", EncryptedText.read("-----BEGIN", Optional.empty()));
    assertEquals("-----BEGIN", EncryptedText.read("-----BEGIN", SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$abcdef",
        "$wd02$aes-256-gcm$00$00$00$00",
        "$wd01$aes-128-gcm$00$00$00$00",
        "$wd01$aes-256-gcm$00$00$00",
        "$wd01$aes-256-gcm$$$$",
        "$wd01$aes-256-gcm$xx$000102030405060708090a0b$00$00",
      })
  void what_cannot_be_decrypted_is_told(String stored) {
    assertThrows(IllegalArgumentException.class, () -> EncryptedText.read(stored, SECRET));
  }

  @Test
  void so_is_a_secret_that_is_wrong_or_missing() {
    var wrong = Optional.of(Secret.of("another"));
    assertThrows(IllegalArgumentException.class, () -> EncryptedText.read(ENCRYPTED, wrong));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> EncryptedText.read(ENCRYPTED, Optional.empty()));
    assertEquals("encrypted, and there is no dkim.directory_secret", e.getMessage());
  }
}
