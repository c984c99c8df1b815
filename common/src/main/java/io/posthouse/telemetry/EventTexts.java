package io.posthouse.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads texts out of the lines that [EventLines] writes.
public final class EventTexts {
  private EventTexts() {}

  /// The text of this name, the first where there are several.
  ///
  /// Within a text every quote has a backslash before it, so what looks like a field is one.
  public static Optional<String> of(String line, String name) {
    var field = "\"" + name + "\":\"";
    var at = line.indexOf(field);
    return at < 0 ? Optional.empty() : text(line, at + field.length());
  }

  /// The texts of the list of this name, the first list where there are several.
  public static List<String> all(String line, String name) {
    var field = "\"" + name + "\":[";
    var texts = new ArrayList<String>();
    var at = line.indexOf(field);
    if (at < 0) return texts;
    at += field.length();
    while (at < line.length() && line.charAt(at) == '"') {
      var text = text(line, at + 1);
      if (text.isEmpty()) return texts;
      texts.add(text.get());
      at = end(line, at + 1) + 2;
    }
    return texts;
  }

  /// Where the quote is that ends a text.
  private static int end(String line, int from) {
    var at = from;
    while (line.charAt(at) != '"') at += line.charAt(at) == '\\' ? 2 : 1;
    return at;
  }

  /// Empty where it does not end.
  private static Optional<String> text(String line, int from) {
    var text = new StringBuilder();
    for (int i = from; i < line.length(); i++) {
      var c = line.charAt(i);
      if (c == '"') return Optional.of(text.toString());
      if (c != '\\') text.append(c);
      else if (++i < line.length()) i = unescape(line, i, text);
    }
    return Optional.empty();
  }

  /// The index of the last character of the escape.
  private static int unescape(String line, int at, StringBuilder text) {
    switch (line.charAt(at)) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'u' -> {
        var end = Math.min(at + 5, line.length());
        text.append((char) Integer.parseInt(line.substring(at + 1, end), 16));
        return end - 1;
      }
      default -> text.append(line.charAt(at));
    }
    return at;
  }
}
