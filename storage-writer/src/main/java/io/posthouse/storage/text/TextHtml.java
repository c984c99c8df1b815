package io.posthouse.storage.text;

/// Plain text as a page: paragraphs and line breaks, every character as itself.
final class TextHtml {
  private static final String BLANKS = " \t\r";
  private static final String BREAK = "<br/>";
  private static final String PARAGRAPH = "</p><p>";

  private TextHtml() {}

  /// @param lines with `\n` at their ends
  static String of(String lines) {
    var text = withoutBlanksAtEnds(lines);
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

  /// In one pass: half a million blanks in a line are no reason to look at each as often.
  private static String withoutBlanksAtEnds(String lines) {
    var text = new StringBuilder(lines.length());
    var start = 0;
    for (int newline = lines.indexOf('\n'); newline >= 0; newline = lines.indexOf('\n', start)) {
      text.append(lines, start, endOfWords(lines, start, newline)).append('\n');
      start = newline + 1;
    }
    return text.append(lines, start, endOfWords(lines, start, lines.length())).toString();
  }

  private static int endOfWords(String lines, int start, int lineEnd) {
    var end = lineEnd;
    while (end > start && BLANKS.indexOf(lines.charAt(end - 1)) >= 0) end--;
    return end;
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
