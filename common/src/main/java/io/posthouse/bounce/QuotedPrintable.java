package io.posthouse.bounce;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// UTF-8 text for ways that carry ASCII only (RFC 2045 §6.7).
final class QuotedPrintable {
  /// Octets of a line, with the `=` of a soft line break.
  private static final int LONGEST_LINE = 76;

  private QuotedPrintable() {}

  /// The lines of `text`, each ended by CRLF.
  static String encode(String text) {
    return text.lines().map(line -> line(line) + "\r\n").collect(Collectors.joining());
  }

  private static String line(String line) {
    var encoded = new StringBuilder();
    var length = 0;
    var octets = line.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i++) {
      var token = token(octets[i], i == octets.length - 1);
      if (length + token.length() >= LONGEST_LINE) {
        encoded.append("=\r\n");
        length = 0;
      }
      encoded.append(token);
      length += token.length();
    }
    return encoded.toString();
  }

  /// A blank at the end of a line would not survive.
  private static String token(byte octet, boolean last) {
    var blank = octet == ' ' || octet == '\t';
    var plain = octet > ' ' && octet < 127 && octet != '=';
    return plain || (blank && !last)
        ? String.valueOf((char) octet)
        : "=%02X".formatted(octet & 0xff);
  }
}
