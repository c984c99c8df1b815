package io.posthouse.mongo;

import io.posthouse.directory.ScramKeys;
import io.posthouse.message.Octets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// PBKDF2 as WildDuck writes it: `$pbkdf2-sha256$i=25000$SALT$HASH`, base 64 without padding. Also
/// reads passlib's spelling of the same (`$25000$`, and `.` for `+`).
///
/// @param digest the hash function below: `sha1`, `sha256` or `sha512`
record Pbkdf2(String digest, int rounds, Octets salt, Octets hash) implements PasswordHash {
  static final int ROUNDS = 25_000;
  static final int SALT_OCTETS = 16;
  private static final String SHA256 = "sha256";
  private static final int SHA256_OCTETS = 32;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\$pbkdf2-(sha1|sha256|sha512)\\$(?:i=)?([1-9][0-9]{0,7})"
              + "\\$([A-Za-z0-9+/.]+)\\$([A-Za-z0-9+/.]+)");
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Hashes a new password with a salt of its own.
  static Pbkdf2 of(String password) {
    var octets = new byte[SALT_OCTETS];
    RANDOM.nextBytes(octets);
    var salt = Octets.of(octets);
    return new Pbkdf2(SHA256, ROUNDS, salt, derive(SHA256, password, ROUNDS, salt, SHA256_OCTETS));
  }

  /// The hash in `text`, or empty where it is of another kind.
  static Optional<Pbkdf2> parse(String text) {
    var found = SHAPE.matcher(text);
    if (!found.matches() || Integer.parseInt(found.group(2)) > MOST_ROUNDS) return Optional.empty();
    var rounds = Integer.parseInt(found.group(2));
    try {
      return Optional.of(
          new Pbkdf2(found.group(1), rounds, decode(found.group(3)), decode(found.group(4))));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  @Override
  public boolean matches(String password) {
    var derived = derive(digest, password, rounds, salt, hash.length());
    // Constant time, so that the time says nothing about the hash.
    return MessageDigest.isEqual(hash.toArray(), derived.toArray());
  }

  /// What SCRAM-SHA-256 needs of it: the hash is then the salted password of RFC 5802 §3.
  Optional<ScramKeys> scramKeys() {
    return digest.equals(SHA256) && hash.length() == SHA256_OCTETS
        ? Optional.of(ScramKeys.of(hash, salt, rounds))
        : Optional.empty();
  }

  @Override
  public String text() {
    return "$pbkdf2-" + digest + "$i=" + rounds + "$" + encode(salt) + "$" + encode(hash);
  }

  private static Octets derive(
      String digest, String password, int rounds, Octets salt, int octets) {
    // The JDK's key derivation refuses an empty password; nobody has one.
    if (password.isEmpty()) return Octets.EMPTY;
    var spec = new PBEKeySpec(password.toCharArray(), salt.toArray(), rounds, octets * 8);
    try {
      var factory =
          SecretKeyFactory.getInstance("PBKDF2WithHmac" + digest.toUpperCase(Locale.ROOT));
      return Octets.of(factory.generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    } finally {
      spec.clearPassword();
    }
  }

  private static String encode(Octets octets) {
    return Base64.getEncoder().withoutPadding().encodeToString(octets.toArray());
  }

  private static Octets decode(String text) {
    return Octets.of(Base64.getDecoder().decode(text.replace('.', '+')));
  }
}
