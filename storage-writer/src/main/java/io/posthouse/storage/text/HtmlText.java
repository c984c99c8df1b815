package io.posthouse.storage.text;

import java.util.Map;
import java.util.Set;
import org.jsoup.parser.Parser;

/// What a page says, as plain text: for search and preview.
///
/// Reads tags one by one and builds no tree, because it ends as soon as it has enough: a preview
/// needs two kilobytes of a page that may have megabytes, in any nesting.
final class HtmlText {
  /// What stands in them is not for reading.
  private static final Set<String> SILENT = Set.of("script", "style", "title", "template");

  /// Line breaks before and after.
  private static final Map<String, Integer> BLOCKS =
      Map.ofEntries(
          Map.entry("address", 1),
          Map.entry("article", 1),
          Map.entry("blockquote", 2),
          Map.entry("caption", 1),
          Map.entry("center", 1),
          Map.entry("dd", 1),
          Map.entry("div", 1),
          Map.entry("dl", 2),
          Map.entry("dt", 1),
          Map.entry("footer", 1),
          Map.entry("form", 1),
          Map.entry("h1", 2),
          Map.entry("h2", 2),
          Map.entry("h3", 2),
          Map.entry("h4", 2),
          Map.entry("h5", 2),
          Map.entry("h6", 2),
          Map.entry("header", 1),
          Map.entry("hr", 2),
          Map.entry("li", 1),
          Map.entry("ol", 2),
          Map.entry("option", 1),
          Map.entry("p", 2),
          Map.entry("pre", 2),
          Map.entry("section", 1),
          Map.entry("table", 2),
          Map.entry("tr", 1),
          Map.entry("ul", 2));

  private static final int MOST_BREAKS = 2;

  private final String html;
  private final int most;
  private final StringBuilder text = new StringBuilder();
  private int breaks;
  private boolean blank;
  private int preformatted;
  private String link = "";

  private HtmlText(String html, int most) {
    this.html = html;
    this.most = most;
  }

  /// At most about `most` characters of it.
  static String of(String html, int most) {
    var page = new HtmlText(html, most);
    page.read();
    return page.text.toString();
  }

  private void read() {
    for (int at = 0; at < html.length() && text.length() < most; ) {
      var tag = html.indexOf('<', at);
      words(html.substring(at, tag < 0 ? html.length() : tag));
      if (tag < 0) return;
      at = markup(tag);
    }
  }

  /// Answers where what follows starts.
  private int markup(int at) {
    if (html.startsWith("<!--", at)) return after("-->", at + 4);
    if (html.startsWith("<!", at) || html.startsWith("<?", at)) return after(">", at);
    var tag = HtmlTag.at(html, at);
    if (tag.isEmpty()) {
      words("<");
      return at + 1;
    }
    read(tag.get());
    var isSilent = SILENT.contains(tag.get().name()) && !tag.get().closes();
    return isSilent ? closing(tag.get()) : tag.get().end();
  }

  private int after(String mark, int from) {
    var at = html.indexOf(mark, from);
    return at < 0 ? html.length() : at + mark.length();
  }

  /// Where the tag starts that closes this one: markup within does not count.
  private int closing(HtmlTag tag) {
    var at = html.indexOf("</", tag.end());
    while (at >= 0 && !html.regionMatches(true, at + 2, tag.name(), 0, tag.name().length()))
      at = html.indexOf("</", at + 2);
    return at < 0 ? html.length() : at;
  }

  private void read(HtmlTag tag) {
    breaks = Math.max(breaks, BLOCKS.getOrDefault(tag.name(), 0));
    switch (tag.name()) {
      case "br" -> breaks = Math.min(MOST_BREAKS, breaks + 1);
      case "td", "th" -> blank = true;
      case "pre" -> preformatted = Math.max(0, preformatted + (tag.closes() ? -1 : 1));
      case "li" -> {
        if (!tag.closes()) words("* ");
      }
      case "img" -> bracketed(tag.attribute("alt"));
      case "a" -> {
        if (tag.closes()) bracketed(link);
        link = tag.closes() ? "" : target(tag);
      }
      default -> {}
    }
  }

  private static String target(HtmlTag tag) {
    var target = tag.attribute("href");
    return target.startsWith("http") ? target : "";
  }

  private void bracketed(String aside) {
    if (aside.isBlank()) return;
    blank = true;
    words("[" + aside.strip() + "]");
    blank = true;
  }

  private void words(String written) {
    var words = written.indexOf('&') < 0 ? written : Parser.unescapeEntities(written, false);
    for (int i = 0; i < words.length(); i++) {
      var c = words.charAt(i);
      if (c == '\n' && preformatted > 0) breaks++;
      else if (Character.isWhitespace(c) || c == '\u00A0') blank = true;
      else add(c);
    }
  }

  private void add(char c) {
    if (text.isEmpty()) breaks = 0;
    else if (breaks > 0) text.repeat('\n', breaks);
    else if (blank) text.append(' ');
    breaks = 0;
    blank = false;
    text.append(c);
  }
}
