package io.posthouse.storage.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// UTF-7 (RFC 2152), which the JDK does not know: `Hi Mom -+Jjo--!`.
final class Utf7 {
  private Utf7() {}

  static String decode(String text) {
    var decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '+') {
        decoded.append(text.charAt(i));
        continue;
      }
      var end = i + 1;
      while (end < text.length() && isBase64(text.charAt(end))) end++;
      decoded.append(end == i + 1 ? "+" : utf16(text.substring(i + 1, end)));
      var isClosed = end < text.length() && text.charAt(end) == '-';
      i = isClosed ? end : end - 1;
    }
    return decoded.toString();
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  /// One digit left over holds no octet.
  private static String utf16(String digits) {
    var whole = digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits;
    var octets = Base64.getDecoder().decode(whole);
    return new String(octets, 0, octets.length & ~1, StandardCharsets.UTF_16BE);
  }
}
