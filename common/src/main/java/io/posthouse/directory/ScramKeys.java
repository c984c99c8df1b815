package io.posthouse.directory;

import io.posthouse.message.Digests;
import io.posthouse.message.Octets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a server keeps of a password for SCRAM-SHA-256 (RFC 5802 §3, RFC 7677): enough to check a
/// proof, too little to make one.
///
/// @param rounds of PBKDF2, as the client is told
public record ScramKeys(Octets salt, int rounds, Octets storedKey, Octets serverKey) {
  public ScramKeys {
    if (rounds < 1) throw new IllegalArgumentException("rounds: " + rounds + " (expected: 1..)");
  }

  /// The keys of a password that was salted and hashed by PBKDF2 with HMAC-SHA-256.
  public static ScramKeys of(Octets saltedPassword, Octets salt, int rounds) {
    var clientKey = hmac(saltedPassword, Octets.utf8("Client Key"));
    return new ScramKeys(
        salt, rounds, sha256(clientKey), hmac(saltedPassword, Octets.utf8("Server Key")));
  }

  /// HMAC-SHA-256.
  public static Octets hmac(Octets key, Octets message) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
      return Octets.of(mac.doFinal(message.toArray()));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /// SHA-256.
  public static Octets sha256(Octets message) {
    return Octets.of(Digests.sha256().digest(message.toArray()));
  }
}
