package io.posthouse.mongo;

import io.posthouse.message.Octets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as WildDuck keeps it: `$pbkdf2-sha256$i=25000$SALT$HASH`, base 64 without padding.
/// Also reads passlib's spelling of the same (`$25000$`, and `.` for `+`).
record PasswordHash(int rounds, Octets salt, Octets hash) {
  private static final int ROUNDS = 25_000;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final int SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\$pbkdf2-sha256\\$(?:i=)?([1-9][0-9]{0,7})\\$([A-Za-z0-9+/.]+)\\$([A-Za-z0-9+/.]+)");
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Hashes a new password with a salt of its own.
  static PasswordHash of(String password) {
    var salt = new byte[SALT_OCTETS];
    RANDOM.nextBytes(salt);
    return new PasswordHash(
        ROUNDS, Octets.of(salt), derive(password, ROUNDS, Octets.of(salt), HASH_OCTETS));
  }

  /// The hash in `text`, or empty where it is of another kind.
  static Optional<PasswordHash> parse(String text) {
    var found = SHAPE.matcher(text);
    if (!found.matches() || Integer.parseInt(found.group(1)) > MOST_ROUNDS) return Optional.empty();
    return Optional.of(
        new PasswordHash(
            Integer.parseInt(found.group(1)), decode(found.group(2)), decode(found.group(3))));
  }

  boolean matches(String password) {
    // Constant time, so that the time says nothing about the hash.
    return MessageDigest.isEqual(
        hash.toArray(), derive(password, rounds, salt, hash.length()).toArray());
  }

  String text() {
    return "$pbkdf2-sha256$i=" + rounds + "$" + encode(salt) + "$" + encode(hash);
  }

  private static Octets derive(String password, int rounds, Octets salt, int octets) {
    // The JDK's key derivation refuses an empty password; nobody has one.
    if (password.isEmpty()) return Octets.EMPTY;
    var spec = new PBEKeySpec(password.toCharArray(), salt.toArray(), rounds, octets * 8);
    try {
      var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
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
