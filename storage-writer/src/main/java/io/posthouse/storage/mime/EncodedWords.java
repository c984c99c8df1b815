package io.posthouse.storage.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// Words in other charsets in a header field (RFC 2047): `=?utf-8?q?caf=C3=A9?=`.
public final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?\\s]*)\\?=");

  /// Blanks between two words are none (RFC 2047 §6.2).
  private static final Pattern BETWEEN = Pattern.compile("(?<=\\?=)\\s+(?==\\?)");

  private final StringBuilder decoded = new StringBuilder();

  /// Of words that follow each other in one charset: some programs cut characters in two.
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();

  private Optional<Charset> charset = Optional.empty();

  private EncodedWords() {}

  /// The text with its words decoded; what cannot be decoded stays as it is.
  public static String decode(String text) {
    return text.contains("=?") ? new EncodedWords().decoded(text) : text;
  }

  private String decoded(String text) {
    var plain = BETWEEN.matcher(text).replaceAll("");
    var word = WORD.matcher(plain);
    var done = 0;
    while (word.find()) {
      add(plain.substring(done, word.start()));
      var named = Charsets.named(word.group(1));
      if (named.isEmpty()) add(word.group());
      else add(named.get(), octets(word.group(2), word.group(3)));
      done = word.end();
    }
    add(plain.substring(done));
    endRun();
    return decoded.toString();
  }

  private void add(String plain) {
    if (plain.isEmpty()) return;
    endRun();
    decoded.append(plain);
  }

  private void add(Charset named, byte[] octets) {
    if (!charset.equals(Optional.of(named))) endRun();
    charset = Optional.of(named);
    run.writeBytes(octets);
  }

  private void endRun() {
    charset.ifPresent(named -> decoded.append(run.toString(named)));
    charset = Optional.empty();
    run.reset();
  }

  private static byte[] octets(String encoding, String text) {
    return encoding.equalsIgnoreCase("b") ? base64(text) : quoted(text);
  }

  /// Whatever is wrong with its end.
  private static byte[] base64(String text) {
    var digits = text.replaceAll("[^A-Za-z0-9+/]", "");
    var whole = digits.length() % 4 == 1 ? digits.length() - 1 : digits.length();
    return Base64.getDecoder().decode(digits.substring(0, whole));
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
