package io.posthouse.storage.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a filter looks for in the text of a message: `lottery "you have won" OR inheritance`. All
/// words and quoted phrases must be there, or all of those after an `OR`.
///
/// @param alternatives each of texts in lower case, with single blanks
public record Phrases(List<List<String>> alternatives) {
  private static final Pattern TERM = Pattern.compile("\"([^\"]*)\"?|(\\S+)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  public Phrases {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }

  /// Reads what a user has written.
  public static Phrases parse(String query) {
    var alternatives = new ArrayList<List<String>>();
    var current = new ArrayList<String>();
    var terms = TERM.matcher(query);
    while (terms.find()) {
      if ("OR".equals(terms.group(2))) {
        alternatives.add(List.copyOf(current));
        current.clear();
      } else if (!"AND".equals(terms.group(2))) {
        var term = plain(terms.group(1) == null ? terms.group(2) : terms.group(1));
        if (!term.isEmpty()) current.add(term);
      }
    }
    alternatives.add(current);
    return new Phrases(alternatives.stream().filter(all -> !all.isEmpty()).toList());
  }

  /// Whether a text has them; where nothing is looked for, none has.
  boolean areIn(String text) {
    var plain = plain(text);
    return alternatives.stream().anyMatch(all -> all.stream().allMatch(plain::contains));
  }

  private static String plain(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}
