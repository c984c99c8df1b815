package io.posthouse.mongo;

import io.posthouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Texts that WildDuck encrypts: `$wd01$aes-256-gcm$TAG$IV$SALT$TEXT` in hexadecimal, with a key
/// that scrypt makes of a secret. A text without a `$` in front was never encrypted.
final class EncryptedText {
  private static final String PREFIX = "$wd01$aes-256-gcm$";
  private static final int KEY_OCTETS = 32;
  private static final int TAG_BITS = 128;
  // The defaults of Node's scrypt.
  private static final int COST = 16_384;
  private static final int BLOCK = 8;

  private EncryptedText() {}

  /// The text itself. Takes a tenth of a second and 16 MiB where it was encrypted, so one at a
  /// time.
  ///
  /// @throws IllegalArgumentException if that cannot be known; says why
  static synchronized String read(String stored, Optional<Secret> secret) {
    if (!stored.startsWith("$")) return stored;
    if (!stored.startsWith(PREFIX))
      throw new IllegalArgumentException(
          "encrypted in a way we do not know (expected: " + PREFIX + "; set the key again)");
    if (secret.isEmpty())
      throw new IllegalArgumentException("encrypted, and there is no dkim.directory_secret");
    return decrypt(stored.substring(PREFIX.length()).split("\\$", -1), secret.get());
  }

  private static String decrypt(String[] parts, Secret secret) {
    if (parts.length != 4)
      throw new IllegalArgumentException("encrypted, and parts of it are missing");
    var hex = HexFormat.of();
    try {
      var key = Scrypt.derive(secret.text(), hex.parseHex(parts[2]), COST, BLOCK, KEY_OCTETS);
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, hex.parseHex(parts[1])));
      // The JDK wants the tag behind the text.
      return new String(cipher.doFinal(hex.parseHex(parts[3] + parts[0])), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "encrypted, and not with dkim.directory_secret, or damaged", e);
    }
  }
}
