package io.posthouse.storage.text;

import java.util.Locale;
import java.util.Optional;

/// A tag as it stands in a page.
///
/// @param name in lower case
/// @param end after its `>`
record HtmlTag(String name, boolean closes, String attributes, int end) {

  /// The tag that starts at a `<`; empty where none does.
  static Optional<HtmlTag> at(String html, int start) {
    var closes = html.startsWith("/", start + 1);
    var from = closes ? start + 2 : start + 1;
    if (from >= html.length() || !isLetter(html.charAt(from))) return Optional.empty();
    var nameEnd = from;
    while (nameEnd < html.length() && isInName(html.charAt(nameEnd))) nameEnd++;
    var end = end(html, nameEnd);
    return Optional.of(
        new HtmlTag(
            html.substring(from, nameEnd).toLowerCase(Locale.ROOT),
            closes,
            html.substring(nameEnd, end),
            Math.min(end + 1, html.length())));
  }

  /// The value of an attribute, its quotes taken away and nothing decoded; empty where there is
  /// none.
  String attribute(String wanted) {
    for (int i = 0; i < attributes.length(); ) {
      while (i < attributes.length() && !isLetter(attributes.charAt(i))) i++;
      var equals = i;
      while (equals < attributes.length() && isInAttributeName(attributes.charAt(equals))) equals++;
      var name = attributes.substring(i, equals);
      var value = skipBlanks(attributes, equals);
      if (!attributes.startsWith("=", value)) {
        i = Math.max(equals, i + 1);
        continue;
      }
      value = skipBlanks(attributes, value + 1);
      var end = valueEnd(attributes, value);
      if (name.equalsIgnoreCase(wanted)) return unquoted(attributes.substring(value, end));
      i = Math.max(end, i + 1);
    }
    return "";
  }

  /// A `>` within quotes does not end it.
  private static int end(String html, int from) {
    for (int i = from; i < html.length(); i++) {
      var c = html.charAt(i);
      if (c == '>') return i;
      if (c == '=') i = valueEnd(html, skipBlanks(html, i + 1)) - 1;
    }
    return html.length();
  }

  private static int valueEnd(String text, int start) {
    if (start >= text.length()) return text.length();
    var quote = text.charAt(start);
    if (quote == '"' || quote == '\'') {
      var end = text.indexOf(quote, start + 1);
      // A quote that nobody ends is none.
      if (end >= 0) return end + 1;
    }
    var end = start;
    while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != '>') end++;
    return end;
  }

  private static int skipBlanks(String text, int from) {
    var i = from;
    while (i < text.length() && text.charAt(i) <= ' ') i++;
    return i;
  }

  private static String unquoted(String value) {
    var quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static boolean isInName(char c) {
    return c > ' ' && c != '/' && c != '>';
  }

  private static boolean isInAttributeName(char c) {
    return c > ' ' && c != '=' && c != '/';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
