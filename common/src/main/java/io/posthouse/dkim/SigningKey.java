package io.posthouse.dkim;

import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.util.regex.Pattern;

/// A private key, and the name below which its public half is found (RFC 6376 §3.1). Which domain
/// it signs for is known to whoever keeps it.
public final class SigningKey {
  /// What receivers no longer take (RFC 8301 §3.2).
  static final int FEWEST_BITS = 1024;

  /// What RFC 8301 §3.2 asks of those who sign.
  static final int GOOD_BITS = 2048;

  private static final Pattern SELECTOR =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*",
          Pattern.CASE_INSENSITIVE);

  private final String selector;
  private final PrivateKey key;
  private final SigningAlgorithm algorithm;

  /// @throws IllegalArgumentException if nobody can, or should, sign with it
  public SigningKey(String selector, PrivateKey key) {
    this.selector = selector(selector);
    this.key = key;
    this.algorithm =
        SigningAlgorithm.of(key)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "key: " + key.getAlgorithm() + " (expected: RSA or Ed25519)"));
    if (bits(key) < FEWEST_BITS)
      throw new IllegalArgumentException(
          "key: RSA of " + bits(key) + " bits (expected: at least " + FEWEST_BITS + ", RFC 8301)");
  }

  /// A selector that can be a part of a name in DNS.
  ///
  /// @throws IllegalArgumentException if it cannot
  public static String selector(String text) {
    if (text.length() > 200 || !SELECTOR.matcher(text).matches())
      throw new IllegalArgumentException(
          "selector: " + text + " (expected: letters, digits, hyphens and dots)");
    return text;
  }

  public String selector() {
    return selector;
  }

  public SigningAlgorithm algorithm() {
    return algorithm;
  }

  /// Whether it is shorter than RFC 8301 asks for.
  public boolean isWeak() {
    return bits(key) < GOOD_BITS;
  }

  byte[] sign(byte[] header) {
    return algorithm.sign(key, header);
  }

  /// Never the key itself.
  @Override
  public String toString() {
    return selector + " (" + algorithm + ")";
  }

  private static int bits(PrivateKey key) {
    return key instanceof RSAKey rsa ? rsa.getModulus().bitLength() : Integer.MAX_VALUE;
  }
}
