package io.posthouse.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Digests that every JDK has.
public final class Digests {
  private Digests() {}

  /// The first `bits` bits of the SHA-256 of `text`.
  static long leadingBits(String text, int bits) {
    var digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - bits);
  }

  /// One that has digested nothing yet; for one thread.
  public static MessageDigest sha256() {
    return digest("SHA-256");
  }

  /// For what others find under it, and never for what is to be safe.
  public static byte[] sha1(String text) {
    return digest("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
