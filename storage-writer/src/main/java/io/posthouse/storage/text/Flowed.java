package io.posthouse.storage.text;

/// Text whose lines were broken for the way, `format=flowed` (RFC 3676 §4).
final class Flowed {
  private static final String SIGNATURE = "-- ";

  private final StringBuilder text = new StringBuilder();
  private final boolean delSp;
  private int depth = -1;
  private boolean goesOn;

  private Flowed(boolean delSp) {
    this.delSp = delSp;
  }

  /// The text with its paragraphs on one line each; quoted ones keep their marks.
  ///
  /// @param delSp whether the blank at the end of a broken line was added with the break
  static String unwrapped(String lines, boolean delSp) {
    var flowed = new Flowed(delSp);
    lines.lines().forEach(flowed::add);
    return flowed.text.toString();
  }

  private void add(String line) {
    var quotes = 0;
    while (quotes < line.length() && line.charAt(quotes) == '>') quotes++;
    var stuffed = quotes < line.length() && line.charAt(quotes) == ' ';
    var words = line.substring(stuffed ? quotes + 1 : quotes);
    var isSignature = words.equals(SIGNATURE);
    if (!goesOn || quotes != depth || isSignature) startParagraph(quotes);
    goesOn = words.endsWith(" ") && !isSignature;
    depth = quotes;
    text.append(words, 0, goesOn && delSp ? words.length() - 1 : words.length());
  }

  private void startParagraph(int quotes) {
    if (depth >= 0) text.append('\n');
    if (quotes > 0) text.repeat(">", quotes).append(' ');
  }
}
