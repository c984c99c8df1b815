package io.posthouse.storage.mongo;

import io.posthouse.storage.crypt.Keys;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// That a user has given keys to encrypt mail with.
///
/// @param all of it; else only what goes into folders that are to be encrypted
record EncryptionWish(Keys keys, boolean all) {
  static final List<String> FIELDS =
      List.of("encryptMessages", "pubKey", "smimeCerts", "smimeCipher", "smimeKeyTransport");

  /// What a user's document says; nothing where there are no keys, whatever else it says.
  static Optional<EncryptionWish> of(Document user) {
    var all = Boolean.TRUE.equals(user.get("encryptMessages"));
    return keys(user).map(keys -> new EncryptionWish(keys, all));
  }

  private static Optional<Keys> keys(Document user) {
    if (user.get("pubKey") instanceof String armoured && !armoured.isBlank())
      return Optional.of(new Keys.OpenPgp(armoured));
    var certificates = user.getList("smimeCerts", String.class, List.of());
    if (certificates.isEmpty()) return Optional.empty();
    return Optional.of(new Keys.Smime(certificates, cipher(user), keyTransport(user)));
  }

  private static Keys.Cipher cipher(Document user) {
    return "AES-GCM".equals(user.get("smimeCipher")) ? Keys.Cipher.AES_GCM : Keys.Cipher.AES_CBC;
  }

  private static Keys.KeyTransport keyTransport(Document user) {
    return user.get("smimeKeyTransport") instanceof String name && name.contains("OAEP")
        ? Keys.KeyTransport.OAEP
        : Keys.KeyTransport.PKCS1;
  }
}
