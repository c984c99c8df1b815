package io.posthouse.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;

/// Text in lines that are not too long, whatever was quoted from others.
///
/// @param utf8 whether it may hold more than ASCII
record Lines(boolean utf8) {
  /// Text that any host takes.
  static final Lines ASCII = new Lines(false);

  static final String CRLF = "\r\n";

  /// RFC 5322 §2.1.1, without CRLF.
  private static final int LONGEST_LINE = 998;

  /// Where we fold.
  private static final int GOOD_LINE = 76;

  private static final int MOST_OCTETS_OF_A_CHARACTER = 4;

  /// A header field, folded at blanks.
  String field(String name, String value) {
    return wrap("", " ", name + ": " + value);
  }

  /// A paragraph.
  String paragraph(String indent, String text) {
    return wrap(indent, indent, text);
  }

  /// Lines of others as they are, but for what may not stand here and what is too long.
  String quoted(String text) {
    return text.lines().map(line -> cut(allowed(line)) + CRLF).collect(Collectors.joining());
  }

  private String wrap(String first, String others, String text) {
    var wrapped = new StringBuilder();
    var line = new StringBuilder(first);
    for (var word : allowed(text).split(" ")) {
      var begun = !line.toString().isBlank();
      if (begun && line.length() + 1 + word.length() > GOOD_LINE) {
        wrapped.append(cut(line.toString())).append(CRLF);
        line = new StringBuilder(others);
      } else if (begun) line.append(' ');
      line.append(word);
    }
    return wrapped.append(cut(line.toString())).append(CRLF).toString();
  }

  private String allowed(String text) {
    return text.replaceAll(utf8 ? "[\\x00-\\x08\\x0a-\\x1f\\x7f]" : "[^\\t\\x20-\\x7e]", "?");
  }

  private static String cut(String line) {
    if (line.getBytes(UTF_8).length <= LONGEST_LINE) return line;
    var ascii = line.chars().allMatch(c -> c < 128);
    if (ascii) return line.substring(0, LONGEST_LINE);
    var end =
        Math.min(LONGEST_LINE / MOST_OCTETS_OF_A_CHARACTER, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, end));
  }
}
