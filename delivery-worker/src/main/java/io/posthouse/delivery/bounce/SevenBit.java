package io.posthouse.delivery.bounce;

import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// Text that any host takes: ASCII, in lines that are not too long, whatever was quoted from
/// others.
final class SevenBit {
  /// RFC 5322 §2.1.1, without CRLF.
  private static final int LONGEST_LINE = 998;

  /// Where we fold.
  private static final int GOOD_LINE = 76;

  private static final String CRLF = "\r\n";

  private SevenBit() {}

  /// A header field, folded at blanks.
  static String field(String name, String value) {
    return wrap("", " ", name + ": " + value);
  }

  /// A paragraph.
  static String paragraph(String indent, String text) {
    return wrap(indent, indent, text);
  }

  private static String wrap(String first, String others, String text) {
    var wrapped = new StringBuilder();
    var line = new StringBuilder(first);
    for (var word : ascii(text).split(" ")) {
      var begun = !line.toString().isBlank();
      if (begun && line.length() + 1 + word.length() > GOOD_LINE) {
        wrapped.append(cut(line.toString())).append(CRLF);
        line = new StringBuilder(others);
      } else if (begun) line.append(' ');
      line.append(word);
    }
    return wrapped.append(cut(line.toString())).append(CRLF).toString();
  }

  /// Lines of others as they are, but for what is not ASCII and what is too long.
  static String lines(Octets octets) {
    return new String(octets.toArray(), StandardCharsets.ISO_8859_1)
        .lines()
        .map(line -> cut(ascii(line)) + CRLF)
        .collect(Collectors.joining());
  }

  private static String ascii(String text) {
    return text.replaceAll("[^\\t\\x20-\\x7e]", "?");
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
  }
}
