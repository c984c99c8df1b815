package io.posthouse.storage.crypt;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.message.Octets;
import io.posthouse.storage.crypt.Encryption.Result;
import java.time.Instant;
import java.util.Random;

/// Mail with octets of every kind in it.
final class BinaryMail {
  private static final String CONTENT_TYPE = "Content-Type: application/octet-stream\r\n";

  private BinaryMail() {}

  /// @param octets of its body
  static Octets body(int octets) {
    var body = new byte[octets];
    new Random(octets).nextBytes(body);
    return Octets.of(body);
  }

  /// What must come out of the encrypted mail.
  static Octets entity(Octets body) {
    return Octets.utf8(CONTENT_TYPE + "\r\n").then(body);
  }

  static Octets mail(Octets body) {
    return Octets.utf8("From: bob@example.test\r\nSubject: octets\r\n" + CONTENT_TYPE + "\r\n")
        .then(body);
  }

  static Octets encrypted(Octets mail, Keys keys) {
    var result = Encryption.encrypt(mail, keys, Instant.now());
    return assertInstanceOf(Result.Encrypted.class, result).message();
  }
}
