package io.posthouse.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, which every JDK has.
public final class Digests {
  private Digests() {}

  /// The first `bits` bits of the SHA-256 of `text`.
  static long leadingBits(String text, int bits) {
    var digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - bits);
  }

  /// One that has digested nothing yet; for one thread.
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
