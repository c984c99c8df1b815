package io.posthouse.ops.queue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What hosts said, counted, with what differs from message to message left out.
final class Reasons {
  static final String OTHERS = "(others)";
  private static final int MOST = 10_000;
  private static final int LONGEST = 160;

  // Addresses, and words with a digit that are as long as an id, a time or a host; not 5.7.26.
  private static final Pattern VARYING =
      Pattern.compile("<?\\S+@\\S+|(?!\\d\\.\\d{1,3}\\.\\d{1,3}\\b)\\b(?=\\S*\\d)[\\w.:-]{6,}");

  private final Map<String, Long> counts = new HashMap<>();

  /// One reason and how many messages have heard it.
  record Counted(String reason, long messages) {}

  void add(String said) {
    var reason = common(said);
    var kept = counts.size() < MOST || counts.containsKey(reason) ? reason : OTHERS;
    counts.merge(kept, 1L, Long::sum);
  }

  /// The most frequent first.
  List<Counted> top(int most) {
    return counts.entrySet().stream()
        .map(entry -> new Counted(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(Counted::messages).reversed().thenComparing(Counted::reason))
        .limit(most)
        .toList();
  }

  /// `452 4.2.2 <bob@example.net> over quota (k7q2m4xa)` and its like as one.
  static String common(String said) {
    var cut = said.substring(0, Math.min(said.length(), LONGEST)).strip();
    return VARYING.matcher(cut).replaceAll("*");
  }
}
