package io.posthouse.storage.text;

import java.util.regex.Pattern;

/// Plain text as a page: paragraphs and line breaks, every character as itself.
final class TextHtml {
  private static final Pattern BLANKS_AT_END = Pattern.compile("[ \\t\r]+(?=\n|$)");
  private static final String BREAK = "<br/>";
  private static final String PARAGRAPH = "</p><p>";

  private TextHtml() {}

  /// @param written with `\n` at its line ends
  static String of(String written) {
    var text = BLANKS_AT_END.matcher(written).replaceAll("");
    var page = new StringBuilder(text.length() + text.length() / 16 + 16).append("<p>");
    var written = 0;
    for (int i = 0; i < text.length(); i++) {
      var instead = instead(text, i);
      if (instead.isEmpty()) continue;
      page.append(text, written, i).append(instead);
      if (instead.equals(PARAGRAPH)) i++;
      written = i + 1;
    }
    return page.append(text, written, text.length()).append("</p>").toString();
  }

  /// What stands in a page for the character there; empty where it stands for itself.
  private static String instead(String text, int at) {
    return switch (text.charAt(at)) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\n' -> text.startsWith("\n", at + 1) ? PARAGRAPH : BREAK;
      default -> "";
    };
  }
}
