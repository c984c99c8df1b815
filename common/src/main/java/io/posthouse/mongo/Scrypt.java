package io.posthouse.mongo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// scrypt (RFC 7914), which the JDK lacks, for one lane (`p` = 1).
final class Scrypt {
  private static final int WORDS = 16;
  private static final int[][] QUARTERS = {
    {4, 0, 12, 7}, {8, 4, 0, 9}, {12, 8, 4, 13}, {0, 12, 8, 18},
    {9, 5, 1, 7}, {13, 9, 5, 9}, {1, 13, 9, 13}, {5, 1, 13, 18},
    {14, 10, 6, 7}, {2, 14, 10, 9}, {6, 2, 14, 13}, {10, 6, 2, 18},
    {3, 15, 11, 7}, {7, 3, 15, 9}, {11, 7, 3, 13}, {15, 11, 7, 18},
    {1, 0, 3, 7}, {2, 1, 0, 9}, {3, 2, 1, 13}, {0, 3, 2, 18},
    {6, 5, 4, 7}, {7, 6, 5, 9}, {4, 7, 6, 13}, {5, 4, 7, 18},
    {11, 10, 9, 7}, {8, 11, 10, 9}, {9, 8, 11, 13}, {10, 9, 8, 18},
    {12, 15, 14, 7}, {13, 12, 15, 9}, {14, 13, 12, 13}, {15, 14, 13, 18}
  };

  private Scrypt() {}

  /// @param n cost of time and memory, a power of two: `n` * `r` * 128 octets are held
  /// @param r size of a block
  static byte[] derive(String password, byte[] salt, int n, int r, int octets) {
    var lane = pbkdf2(password, salt, 2 * r * WORDS * Integer.BYTES);
    var words = new int[2 * r * WORDS];
    littleEndian(lane).get(words);
    mix(words, n, r);
    littleEndian(lane).put(words);
    return pbkdf2(password, lane, octets);
  }

  /// scryptROMix (§5).
  private static void mix(int[] block, int n, int r) {
    var memory = new int[n][];
    for (int i = 0; i < n; i++) {
      memory[i] = block.clone();
      mixBlock(block, r);
    }
    for (int i = 0; i < n; i++) {
      var other = memory[block[(2 * r - 1) * WORDS] & (n - 1)];
      for (int k = 0; k < block.length; k++) block[k] ^= other[k];
      mixBlock(block, r);
    }
  }

  /// scryptBlockMix (§4): parts at even places come first.
  private static void mixBlock(int[] block, int r) {
    var x = new int[WORDS];
    System.arraycopy(block, (2 * r - 1) * WORDS, x, 0, WORDS);
    var mixed = new int[block.length];
    for (int i = 0; i < 2 * r; i++) {
      for (int k = 0; k < WORDS; k++) x[k] ^= block[i * WORDS + k];
      salsa(x);
      System.arraycopy(x, 0, mixed, (i / 2 + (i % 2) * r) * WORDS, WORDS);
    }
    System.arraycopy(mixed, 0, block, 0, block.length);
  }

  /// Salsa20/8 (§3).
  private static void salsa(int[] words) {
    var x = words.clone();
    for (int round = 0; round < 8; round += 2)
      for (var q : QUARTERS) x[q[0]] ^= Integer.rotateLeft(x[q[1]] + x[q[2]], q[3]);
    for (int i = 0; i < WORDS; i++) words[i] += x[i];
  }

  private static IntBuffer littleEndian(byte[] octets) {
    return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }

  private static byte[] pbkdf2(String password, byte[] salt, int octets) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1, octets * Byte.SIZE))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("PBKDF2: " + e.getMessage(), e);
    }
  }
}
