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
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\n' -> {
          var isParagraph = text.startsWith("\n", i + 1);
          page.append(isParagraph ? PARAGRAPH : BREAK);
          if (isParagraph) i++;
        }
        default -> page.append(text.charAt(i));
      }
    }
    return page.append("</p>").toString();
  }
}
