package io.posthouse.storage.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words in other charsets in a header field (RFC 2047): `=?utf-8?q?caf=C3=A9?=`.
public final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?\\s]*)\\?=");

  /// Blanks between two words are none (RFC 2047 §6.2).
  private static final Pattern BETWEEN = Pattern.compile("(?<=\\?=)\\s+(?==\\?)");

  private EncodedWords() {}

  /// The text with its words decoded; what cannot be decoded stays as it is.
  public static String decode(String text) {
    if (!text.contains("=?")) return text;
    return WORD.matcher(BETWEEN.matcher(text).replaceAll(""))
        .replaceAll(word ->
            Matcher.quoteReplacement(
                word(word.group(), word.group(1), word.group(2), word.group(3))));
  }

  private static String word(String all, String charset, String encoding, String text) {
    var found = Charsets.named(charset);
    if (found.isEmpty()) return all;
    try {
      return new String(encoding.equalsIgnoreCase("b") ? base64(text) : quoted(text), found.get());
    } catch (IllegalArgumentException notBase64) {
      return all;
    }
  }

  private static byte[] base64(String text) {
    return Base64.getMimeDecoder().decode(text);
  }

  private static byte[] quoted(String text) {
    var octets = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var hex = c == '=' ? Hex.octet(text, i + 1) : -1;
      if (hex >= 0) {
        octets.write(hex);
        i += 2;
      } else {
        octets.writeBytes((c == '_' ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return octets.toByteArray();
  }
}
