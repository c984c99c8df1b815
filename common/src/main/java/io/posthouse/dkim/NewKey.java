package io.posthouse.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/// A key that was made just now.
///
/// @param pem the private half: PKCS #8
/// @param record the public half, as the DNS should have it
public record NewKey(String pem, String record) {
  private static final byte[] LINE_END = {'\n'};
  private static final int LINE = 64;

  /// An RSA key, which every verifier understands.
  ///
  /// @param bits at least 2048 (RFC 8301 §3.2)
  public static NewKey rsa(int bits) {
    if (bits < SigningKey.GOOD_BITS)
      throw new IllegalArgumentException(
          "bits: " + bits + " (expected: at least " + SigningKey.GOOD_BITS + ", RFC 8301)");
    return of("RSA", bits);
  }

  /// An Ed25519 key (RFC 8463), which many verifiers do not understand yet: one beside an RSA key.
  public static NewKey ed25519() {
    return of("Ed25519", 255);
  }

  private static NewKey of(String kind, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(bits);
      return of(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(kind + ": " + e.getMessage(), e);
    }
  }

  private static NewKey of(KeyPair pair) {
    var base64 = Base64.getMimeEncoder(LINE, LINE_END);
    var pem =
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(base64.encodeToString(pair.getPrivate().getEncoded()));
    return new NewKey(pem, KeyRecord.of(pair.getPublic()));
  }

  /// Never the private half.
  @Override
  public String toString() {
    return record;
  }
}
