package io.posthouse.srs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The four hexadecimal digits in a rewritten sender.
final class SrsHash {
  private static final int DIGITS = 4;

  private SrsHash() {}

  static String of(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(octets(secret), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(octets(text)), 0, DIGITS / 2);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
