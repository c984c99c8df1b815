package io.posthouse.storage.text;

/// The first words of a message, as a list of messages shows them.
final class Intro {
  private static final int READ = 2048;
  private static final int LONGEST = 128;
  private static final String BLANKS = " \t\n\u000B\f\r";

  private Intro() {}

  static String of(String text) {
    var start = Cut.after(text, READ);
    var own = words(start, false);
    return shortened(own.isEmpty() ? words(start, true) : own);
  }

  /// Without asides, rulers and, unless there is nothing else, quotes; no more than is shown.
  private static String words(String text, boolean quotes) {
    var words = new StringBuilder();
    for (var lines = withoutAsides(text).lines().iterator();
        lines.hasNext() && words.length() <= LONGEST; ) {
      var line = lines.next().strip();
      if (!quotes && line.startsWith(">")) continue;
      var own = withoutMarks(line);
      if (!isRuler(own)) add(words, own);
    }
    return words.toString().strip();
  }

  /// With single blanks between the words.
  private static void add(StringBuilder words, String line) {
    var blank = !words.isEmpty();
    for (int i = 0; i < line.length() && words.length() <= LONGEST; i++) {
      var c = line.charAt(i);
      if (BLANKS.indexOf(c) >= 0) {
        blank = true;
        continue;
      }
      if (blank) words.append(' ');
      blank = false;
      words.append(c);
    }
  }

  /// `[...]` holds addresses of pictures and links.
  private static String withoutAsides(String text) {
    if (text.indexOf('[') < 0) return text;
    var kept = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      var end = text.charAt(i) == '[' ? text.indexOf(']', i) : -1;
      if (end >= 0) i = end;
      else kept.append(text.charAt(i));
    }
    return kept.toString();
  }

  private static String withoutMarks(String line) {
    var start = 0;
    while (start < line.length() && (line.charAt(start) == '>' || line.charAt(start) == ' '))
      start++;
    return line.substring(start);
  }

  private static boolean isRuler(String line) {
    return line.length() > 1 && line.chars().allMatch(c -> c == line.charAt(0));
  }

  private static String shortened(String words) {
    if (words.length() <= LONGEST) return words;
    var cut = Cut.after(words, LONGEST);
    var space = cut.lastIndexOf(' ');
    return (space < 0 ? cut : cut.substring(0, space)) + "…";
  }
}
